import { describe, expect, test } from 'vitest';
import { milestonesMet } from '../../functions/tallies/reach-milestones.ts';
import { someCounters } from '../support/an-event.ts';

const thresholds = { world: [10, 100], country: [5, 50] };
const met = (counters: Record<string, number>, reached: string[] = []) =>
  milestonesMet({ counters: someCounters(counters), reached: new Set(reached) }, thresholds);

describe('the milestones that counts meet', () => {
  test('are those at or below the count, for the world and for each country', () => {
    expect(met({ s: 100, 's@KE': 50, 's@FR': 5, 's@BR': 4 })).toEqual([
      'world#10',
      'world#100',
      'KE#5',
      'KE#50',
      'FR#5',
    ]);
  });

  test('are none before the first threshold, and none of nothing', () => {
    expect(met({ s: 9, 's@KE': 4 })).toEqual([]);
    expect(met({})).toEqual([]);
  });

  test('are not told again', () => {
    expect(met({ s: 10, 's@KE': 5 }, ['world#10'])).toEqual(['KE#5']);
  });

  test('go by signatures: pledges and partners meet none', () => {
    expect(met({ p: 100, 'p@KE': 100, 's+KE': 100, 'n#EUR': 100 })).toEqual([]);
  });
});
