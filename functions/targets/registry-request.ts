import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { FieldError } from '../../shared/http/problem-document.ts';
import type { ImportPlan } from './plan-import.ts';
import { Target } from './target.ts';

/** As API Gateway hands it on. */
const Flag = z
  .enum(['true', 'false'], 'Give true or false.')
  .optional()
  .transform((text) => text === 'true');

export const ImportQuery = z.object({
  skipBad: Flag.describe('Import the good rows of a file that has bad ones'),
  dryRun: Flag.describe('Say what would be imported, and import nothing'),
  reason: Reason.optional(),
});

/**
 * Bytes of a file that is sent: Lambda takes 6 MB, in which a file that comes in base64 is a third longer.
 */
export const largestFile = 4_194_304;

/** More would make an answer that nobody reads. */
const mostErrors = 1_000;

const Count = z.int().nonnegative();

export const ImportAnswer = z
  .strictObject({
    added: Count.describe('Offices that were not there'),
    changed: Count.describe('Offices that were there otherwise'),
    unchanged: Count.describe('Offices that were there as they are in the file'),
    skipped: Count.describe('Bad rows'),
    errors: z
      .array(FieldError)
      .describe(`What is wrong with the rows that were skipped, up to ${mostErrors}`),
    moreErrors: Count.describe('How many more there are'),
  })
  .meta({ id: 'TargetsImported' });
export type ImportAnswer = z.output<typeof ImportAnswer>;

export const ExportQuery = z.object({
  format: z.enum(['json', 'csv'], { error: 'Give json or csv.' }).optional(),
});

export const TargetList = z.strictObject({ targets: z.array(Target) }).meta({ id: 'TargetList' });

/** What is told of everything that is wrong. */
export function firstErrors(errors: ImportPlan['errors']) {
  return { errors: errors.slice(0, mostErrors), moreErrors: Math.max(0, errors.length - mostErrors) };
}
