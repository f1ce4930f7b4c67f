import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import type { Counted } from './submission.ts';

/** Numbers of a tally by where they stand in its JSON: `signatures.byCountry.KE`. Exact, however large. */
export type Counts = Record<string, bigint>;

/** Something that is not as it has to be. */
export interface Difference {
  what: string;
  expected: string;
  found: string;
}

/** All numbers of signatures and pledges that a tally shows. */
export function countsOf({ signatures, pledges }: Pick<PublicTally, 'signatures' | 'pledges'>): Counts {
  return Object.fromEntries(leaves({ signatures, pledges }, ''));
}

/** What confirmed actions add to a tally. */
export function countsOfActions(actions: Iterable<Counted>): Counts {
  const counts: Counts = {};
  const add = (what: string, by = 1) => {
    counts[what] = (counts[what] ?? 0n) + BigInt(by);
  };
  for (const { kind, country, partner, source, money } of actions) {
    const kinds = `${kind}s`;
    add(`${kinds}.total`);
    add(`${kinds}.byCountry.${country}`);
    if (partner && kind === 'signature') add(`${kinds}.byPartner.${partner}`);
    if (source && kind === 'signature') add(`${kinds}.bySource.${source}`);
    if (money) {
      add(`${kinds}.byCurrency.${money.currency}.count`);
      add(`${kinds}.byCurrency.${money.currency}.amount`, money.amount);
    }
  }
  return counts;
}

export function sumOf(one: Counts, other: Counts): Counts {
  return Object.fromEntries(names(one, other).map((name) => [name, (one[name] ?? 0n) + (other[name] ?? 0n)]));
}

/** Every number that is not as expected; a number that is not there is nothing. */
export function differencesOf(expected: Counts, found: Counts): Difference[] {
  return names(expected, found)
    .filter((name) => (expected[name] ?? 0n) !== (found[name] ?? 0n))
    .map((what) => ({ what, expected: String(expected[what] ?? 0n), found: String(found[what] ?? 0n) }));
}

/** Signatures and pledges together. */
export function totalOf(counts: Counts): number {
  return Number((counts['signatures.total'] ?? 0n) + (counts['pledges.total'] ?? 0n));
}

function names(one: Counts, other: Counts): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
}

/** Amounts beyond 2^53 - 1 come as strings of digits. */
function leaves(value: unknown, path: string): [string, bigint][] {
  if (typeof value === 'number' || typeof value === 'string') return [[path, BigInt(value)]];
  return Object.entries(value as object).flatMap(([name, part]) =>
    leaves(part, path ? `${path}.${name}` : name),
  );
}
