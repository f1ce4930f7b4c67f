import * as z from 'zod';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { Amount, toAmount } from '../../shared/kernel/money.ts';
import type { Campaign } from './campaign.ts';

const counts = z.int().nonnegative();
const byCountry = z.partialRecord(Country, counts);
export const Counts = z.strictObject({
  signatures: z.strictObject({ total: counts, byCountry }),
  pledges: z.strictObject({
    total: counts,
    byCurrency: z.partialRecord(
      Currency,
      z.strictObject({ count: counts, amount: Amount, fulfilled: Amount }),
    ),
    byCountry,
  }),
  endorsements: z.strictObject({ total: counts, byCountry }),
});
/** What a tally counts. Amounts are integers in minor units of their currency, as in the public tally. */
export type Counts = z.output<typeof Counts>;

/** Of a public tally, what it counts. */
export function toCounts({ signatures, pledges, endorsements }: Counts): Counts {
  return {
    signatures: { total: signatures.total, byCountry: signatures.byCountry },
    pledges: { total: pledges.total, byCurrency: pledges.byCurrency, byCountry: pledges.byCountry },
    endorsements: { total: endorsements.total, byCountry: endorsements.byCountry },
  };
}

/** Those whose counts are in no other's of these: a chapter's belong to its root's. */
export function countedAlone<C extends Pick<Campaign, 'slug' | 'partOf'>>(campaigns: C[]): C[] {
  const slugs = new Set(campaigns.map(({ slug }) => slug));
  return campaigns.filter(({ partOf }) => partOf === undefined || !slugs.has(partOf));
}

/** The sum of tallies, exact at any size, by currency and never across currencies. */
export function jointCounts(tallies: Counts[]): Counts {
  const sum = (of: (tally: Counts) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
  const byCountryOf = (kind: keyof Counts) => sumsOf(tallies.map((tally) => tally[kind].byCountry));
  return {
    signatures: { total: sum(({ signatures }) => signatures.total), byCountry: byCountryOf('signatures') },
    pledges: {
      total: sum(({ pledges }) => pledges.total),
      byCurrency: moneyOf(tallies.map(({ pledges }) => pledges.byCurrency)),
      byCountry: byCountryOf('pledges'),
    },
    endorsements: {
      total: sum(({ endorsements }) => endorsements.total),
      byCountry: byCountryOf('endorsements'),
    },
  };
}

function sumsOf(all: Partial<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, count = 0] of all.flatMap((each) => Object.entries(each)))
    sums[name] = (sums[name] ?? 0) + count;
  return sums;
}

type ByCurrency = Counts['pledges']['byCurrency'];

function moneyOf(all: ByCurrency[]): ByCurrency {
  const sums: ByCurrency = {};
  for (const [currency, money] of all.flatMap((each) => Object.entries(each))) {
    const { count, amount, fulfilled } = sums[currency] ?? { count: 0, amount: 0, fulfilled: 0 };
    if (!money) continue;
    sums[currency] = {
      count: count + money.count,
      amount: plus(amount, money.amount),
      fulfilled: plus(fulfilled, money.fulfilled),
    };
  }
  return sums;
}

function plus(a: Amount, b: Amount): Amount {
  return toAmount(BigInt(a) + BigInt(b));
}
