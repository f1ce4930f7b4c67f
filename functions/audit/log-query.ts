import * as z from 'zod';
import { Author, Changes } from '../../shared/audit/audit-schema.ts';

/** Sort keys: ISO time and random characters. */
const position = /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z~[0-9a-f]{8}$/;

export const LogQuery = z.strictObject({
  verb: z.string().max(40).optional().meta({
    description:
      'Only what was done by this permission, as the table of permissions names it; or `acceptInvitation`, `leaveOrganisation`, `makeFirstAdmin`',
    example: 'editCampaign',
  }),
  cursor: z
    .string()
    .regex(position, 'Give the cursor of the answer before, as it is.')
    .optional()
    .meta({ description: 'That of the answer before, to go on from there' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type LogQuery = z.output<typeof LogQuery>;

export const LogEntry = z
  .strictObject({
    at: z.iso.datetime(),
    verb: z
      .string()
      .meta({ description: 'What was done, as the table of permissions names it', example: 'editCampaign' }),
    by: Author.describe('Who: the subject of their ID token, and their verified address'),
    changes: Changes.describe('What differs, by field'),
    reason: z.string().optional(),
  })
  .meta({ id: 'LogEntry' });
export type LogEntry = z.output<typeof LogEntry>;

export const LogPage = z
  .strictObject({
    entries: z.array(LogEntry).describe('Newest first'),
    cursor: z.string().nullable().describe('To go on with; null at the end'),
  })
  .meta({ id: 'LogPage' });
export type LogPage = z.output<typeof LogPage>;
