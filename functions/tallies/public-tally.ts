import * as z from 'zod';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { Amount } from '../../shared/kernel/money.ts';

const counts = z.int().nonnegative();
const byCountry = z.partialRecord(Country, counts);

/**
 * The tally as anyone may read it. Amounts are integers in minor units of their currency; beyond 2^53 - 1 they are strings
 * of digits.
 */
export const PublicTally = z
  .strictObject({
    campaign: z.string(),
    asOf: z.iso
      .datetime()
      .nullable()
      .describe('Time of the last change that is counted; null before the first'),
    signatures: z.strictObject({
      total: counts,
      byCountry,
      byPartner: z.record(z.string(), counts),
      bySource: z.record(z.string(), counts).describe('By the link that led to the form'),
    }),
    pledges: z.strictObject({
      total: counts,
      byCurrency: z.partialRecord(
        Currency,
        z.strictObject({ count: counts, amount: Amount, fulfilled: Amount }),
      ),
      byCountry,
    }),
    endorsements: z
      .strictObject({ total: counts, byCountry })
      .describe('Organisations that support the ask, each verified; none of them is among the signatures'),
    goals: z.strictObject({ next: z.int().nullable(), reached: z.array(z.int()) }),
    governments: z.strictObject({
      targeted: counts,
      delivered: counts,
      answered: counts,
      committed: z.partialRecord(Currency, Amount),
    }),
    ratePerMinute: z.number().nonnegative(),
    pollAfter: z.int().positive().describe('Seconds after which reading again makes sense'),
  })
  .meta({ id: 'Tally' });
export type PublicTally = z.output<typeof PublicTally>;
