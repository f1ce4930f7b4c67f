import * as z from 'zod';
import { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import { Language } from '../../shared/kernel/language.ts';

/** How a count may be asked for; else by the Accept header, and in the default language of the campaign. */
export const CountQuery = z.object({
  format: z.enum(['json', 'csv'], { error: 'Give json or csv.' }).optional(),
  lang: z.string().optional(),
});

/** How many actions began to count and how many ceased to, by the way in which they did. */
const CountFlow = z
  .strictObject({
    confirmed: z.int(),
    withdrawn: z.int(),
    erased: z.int(),
    invalidated: z.partialRecord(InvalidationReason, z.int()).describe('By the reason'),
    net: z.int().describe('Confirmed, less what was withdrawn, erased or invalidated'),
  })
  .meta({ id: 'CountFlow' });
export type CountFlow = z.output<typeof CountFlow>;

/** How a tally came about, for anyone who doubts it: what happened on each day, which adds up to the tally. */
export const PublicCount = z
  .strictObject({
    campaign: z.string(),
    language: Language,
    rule: z.array(z.string()).describe('How it is counted, in words'),
    asOf: z.iso
      .datetime()
      .nullable()
      .describe('Time of the last change that is counted; null before the first'),
    days: z.array(
      z.strictObject({
        day: z.iso.date().describe('From midnight to midnight UTC; days without any are left out'),
        signatures: CountFlow,
        pledges: CountFlow,
        endorsements: CountFlow,
      }),
    ),
    sum: z
      .strictObject({ signatures: CountFlow, pledges: CountFlow, endorsements: CountFlow })
      .describe('Of all days'),
    tally: z
      .strictObject({ signatures: z.int(), pledges: z.int(), endorsements: z.int() })
      .describe('What the tally says'),
    check: z
      .enum(['equal', 'counting', 'different'])
      .describe(
        'Whether the days add up to the tally in every column. `counting`: it moved while it was read; read again. `different`: the next recount repairs it',
      ),
    recount: z
      .strictObject({
        state: z.enum(['requested', 'running', 'done', 'failed']),
        at: z.iso.datetime().describe('When it ended; until then, when it was asked for'),
        differences: z.int().nonnegative().describe('What it found not to match, and set right'),
      })
      .nullable()
      .describe('The last comparison of the tally with all actions; null before the first'),
  })
  .meta({ id: 'Count' });
export type PublicCount = z.output<typeof PublicCount>;
/** The numbers alone. */
export type CountByDay = Omit<PublicCount, 'language' | 'rule'>;
