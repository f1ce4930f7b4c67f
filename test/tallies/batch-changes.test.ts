import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Batch, batchChanges, hourOf, withoutEvents } from '../../functions/tallies/batch-changes.ts';
import { add, type Change, type Counters } from '../../functions/tallies/tally.ts';
import { hour, noon } from '../support/a-campaign.ts';

describe('a batch of changes', () => {
  test('holds 97 events at most, so that markers, tally and hour fit one transaction', () => {
    const batches = batchChanges(changes(200));
    expect(batches.map((batch) => batch.changes.length)).toEqual([97, 97, 6]);
  });

  test('is cut earlier when the changes were made in many hours: each hour is an item, too', () => {
    const batches = batchChanges(changes(97, (at) => ({ at: noon - at * hour })));
    expect(batches.map((batch) => batch.changes.length)).toEqual([49, 48]);
    for (const batch of batches) expect(itemsOf(batch)).toBeLessThanOrEqual(100);
  });

  test('is cut before its expression is too long for DynamoDB', () => {
    const distinct = (at: number) => ({ counters: Object.fromEntries(names(at).map((name) => [name, 1n])) });
    const names = (at: number) => Array.from({ length: 6 }, (_, n) => `counter-${at}-${n}`);
    const batches = batchChanges(changes(97, distinct));
    expect(batches.length).toBeGreaterThan(1);
    for (const batch of batches) expect(expressionOf(batch).length).toBeLessThan(4_096 - 300);
  });

  test('is of one campaign', () => {
    const batches = batchChanges(changes(10, (at) => ({ campaign: at % 2 === 0 ? 'a' : 'b' })));
    expect(batches.map(({ campaign, changes }) => [campaign, changes.length])).toEqual([
      ['a', 5],
      ['b', 5],
    ]);
  });

  test('counts an event once, and for each campaign that it counts for', () => {
    const [change] = changes(1) as [Change];
    const batches = batchChanges([change, change, { ...change, campaign: 'root' }, change]);
    expect(batches.map(({ campaign, counters }) => [campaign, counters])).toEqual([
      ['a', { s: 1n }],
      ['root', { s: 1n }],
    ]);
  });

  test('sums up to the distinct events, whatever is repeated and in what order', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(someChanges, { minLength: 1 }),
        fc.array(fc.integer({ min: 0, max: someChanges.length - 1 }), { maxLength: 200 }),
        (some, repeats) => {
          const given = [...some, ...repeats.map((at) => some[at % some.length] as Change)];
          const batches = batchChanges(given);
          expect(sum(batches.map(({ counters }) => counters))).toEqual(sum(some.map((c) => c.counters)));
          expect(sum(batches.flatMap(({ byHour }) => [...byHour.values()]))).toEqual(
            sum(some.map((c) => c.counters)),
          );
          for (const batch of batches) expect(itemsOf(batch)).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  test('without the events that are counted already is as if they had never been in it', () => {
    const [batch] = batchChanges(someChanges.slice(0, 40)) as [Batch];
    const known = new Set(batch.changes.slice(0, 20).map(({ id }) => id));
    const [expected] = batchChanges(batch.changes.slice(20)) as [Batch];
    expect(withoutEvents(batch, known)).toEqual(expected);
  });
});

test('the hour of a change is the UTC hour in which it was made', () => {
  expect(hourOf(Date.UTC(2026, 9, 10, 9, 59, 59, 999))).toBe('2026-10-10T09');
});

function changes(count: number, differently: (at: number) => Partial<Change> = () => ({})): Change[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `actions:${at}:1`,
    campaign: 'a',
    at: noon,
    counters: { s: 1n },
    ...differently(at),
  }));
}

const someChanges = changes(150, (at) => ({
  campaign: 'a',
  at: noon - (at % 30) * hour,
  counters: { s: 1n, [`s@${['KE', 'FR', 'BR'][at % 3]}`]: 1n, [`a#${at % 7}`]: BigInt(1 + at) * 1_000n },
}));

function itemsOf({ changes, byHour }: Batch): number {
  return changes.length + 1 + byHour.size;
}

/** As the store writes it. */
function expressionOf({ counters }: Batch): string {
  return Object.keys(counters)
    .map((_, at) => `#c${at} :c${at}`)
    .join(', ');
}

function sum(all: Counters[]): Counters {
  return all.reduce((to: Counters, counters) => add(to, counters), {});
}
