import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { Language } from '../../shared/kernel/language.ts';
import { Role } from './member.ts';

const reason = Reason.optional();

export const InvitationRequest = z
  .strictObject({
    email: z
      .string()
      .trim()
      .toLowerCase()
      .max(254, 'Give at most 254 characters.')
      .pipe(z.email('Give an e-mail address such as name@example.org.'))
      .meta({ description: 'Who is invited: they have to sign in with this address' }),
    role: Role,
    language: Language.default('en').describe('Of the mail'),
    reason,
  })
  .meta({ id: 'InvitationRequest' });
export type InvitationRequest = z.output<typeof InvitationRequest>;

export const RoleRequest = z.strictObject({ role: Role, reason }).meta({ id: 'RoleRequest' });

export const AcceptRequest = z
  .strictObject({ token: z.string().min(1).max(500).meta({ description: 'Of the mailed link' }) })
  .meta({ id: 'AcceptRequest' });

export const PageQuery = z.strictObject({
  cursor: z
    .string()
    .regex(/^[\w-]{1,40}$/, 'Give the cursor of the answer before, as it is.')
    .optional()
    .meta({ description: 'That of the answer before, to go on from there' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type PageQuery = z.output<typeof PageQuery>;
