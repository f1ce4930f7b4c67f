import { expect } from 'vitest';
import type { CatalogueEvent } from '../../../shared/events/catalogue.ts';
import { type Images, type News, newsOf } from './delivery.ts';
import { milestones } from './history.ts';
import { type Hours, type Ledger, sumOf } from './ledger.ts';
import { countersOf, reachedBy, type StoredTally, type TallyChange } from './stored-tally.ts';

/** A campaign's stored tally has in every breakdown what the books say, hour by hour and in total. */
export function expectExact(
  campaign: string,
  stored: StoredTally,
  books: Ledger,
  nameInBooks: string,
  whose: string,
): void {
  const [hours, asOf] = [books.hours(nameInBooks), BigInt(books.asOf(nameInBooks))];
  const wrong = [
    ...differences(stored.hours, hours),
    ...differences({ tally: stored.counters }, { tally: sumOf(hours) }),
    ...differences({ tally: { asOf: BigInt(stored.asOf) } }, { tally: { asOf } }),
  ];
  if (wrong.length > 0) throw new Error(`In ${campaign}, by the ${whose}: ${wrong.join('; ')}.`);
}

/** Exactly those who may be shown are shown, newest first: in these histories there are fewer than a tally keeps. */
export function expectSigners(
  { shown }: StoredTally,
  books: Ledger,
  nameInBooks: string,
  root: string,
  whose: string,
): void {
  const right = Object.entries(books.shown(nameInBooks)).map(([end, at]) => [`${root}~signature~${end}`, at]);
  expect(Object.fromEntries(shown), `who is shown, by the ${whose}`).toEqual(Object.fromEntries(right));
  const times = shown.map(([, at]) => at);
  expect(times, 'newest first').toEqual(times.toSorted((one, other) => other - one));
}

/** What counts is what was confirmed and not taken back. */
export function expectBalance(campaign: string, { counters }: StoredTally): void {
  for (const letter of ['s', 'p']) {
    const taken = Object.entries(counters)
      .filter(([name]) => name.startsWith(`${letter}:`) && name !== `${letter}:confirmed`)
      .reduce((sum, [, value]) => sum + value, 0n);
    const left = (counters[`${letter}:confirmed`] ?? 0n) - taken;
    expect(left, `balance of ${letter} in ${campaign}`).toBe(counters[letter] ?? 0n);
  }
}

/**
 * The tally reached a milestone in the very write in which it met it, keeps it, and told of it once, with figures that
 * meet it. `changes` are all changes of the tally item, in their order.
 */
export function expectMilestones(
  campaign: string,
  stored: StoredTally,
  changes: TallyChange[],
  tallyNews: News,
): void {
  let reached = new Set<string>();
  for (const { NewImage, hasMarkers } of changes) {
    const met = metBy(countersOf(NewImage));
    expect(hasMarkers || met.some((it) => !reached.has(it)), `${campaign} changes for a reason`).toBe(true);
    reached = new Set([...reached, ...met]);
    expect(reachedBy(NewImage), `milestones of ${campaign} with its counts`).toEqual(reached);
  }
  expect(stored.reached).toEqual(reached);
  const told = changes.flatMap((change) => newsOf(change as Images, tallyNews));
  const names = told.map(({ detail }) => toMilestone(detail as MilestoneDetail));
  expect(names.toSorted(), `milestones told of ${campaign}`).toEqual([...reached].toSorted());
}

/** Each counter that is not what it should be, in words. */
function differences(stored: Hours, right: Hours): string[] {
  return Object.keys({ ...stored, ...right }).flatMap((hour) => {
    const [is, should] = [stored[hour] ?? {}, right[hour] ?? {}];
    return Object.keys({ ...is, ...should })
      .filter((name) => (is[name] ?? 0n) !== (should[name] ?? 0n))
      .map((name) => `${hour} has ${is[name] ?? 0n} of ${name} and should have ${should[name] ?? 0n}`);
  });
}

type MilestoneDetail = CatalogueEvent<'MilestoneReached'>['detail'];

function toMilestone({ scope, threshold, figures }: MilestoneDetail): string {
  const count = scope === 'world' ? figures.signatures : (figures.byCountry[scope] ?? 0);
  expect(count, `the count at ${scope}#${threshold}`).toBeGreaterThanOrEqual(threshold);
  return `${scope}#${threshold}`;
}

function metBy(counters: Record<string, bigint>): string[] {
  return Object.entries(counters).flatMap(([name, count]) => {
    const [scope, thresholds] =
      name === 's' ? ['world', milestones.world] : [/^s@(.*)/.exec(name)?.[1], milestones.country];
    return scope ? thresholds.filter((at) => count >= at).map((at) => `${scope}#${at}`) : [];
  });
}
