import { expect, test } from 'vitest';
import type { Turn } from '../../bench/compare/measure-turn.ts';
import { toSeries } from '../../bench/compare/series.ts';

/** A turn of the contender `row` at one client; any part can be replaced. */
function aTurn(changes: Partial<Turn>): Turn {
  return { contender: 'row', clients: 1, cpu: 0.3, roundTrips: 4, rate: 100, counterWrites: 1, ...changes };
}

test('throughput is a multiple of one client in the same repetition, however fast the machine was then', () => {
  const repetitions = [100, 10, 1_000].map((rate) => [
    aTurn({ rate }),
    aTurn({ clients: 16, rate: 2 * rate + rate / 10 }),
  ]);
  const [row] = toSeries(repetitions, (name) => name);
  expect(row?.points.map(({ clients, throughput }) => [clients, throughput.median])).toEqual([
    [1, 1],
    [16, 2.1],
  ]);
});

test('one contender can be measured by the one client of another', () => {
  const turns = [aTurn({ rate: 100 }), aTurn({ contender: 'crowded', clients: 64, rate: 50 })];
  const [, crowded] = toSeries([turns], (name) => (name === 'crowded' ? 'row' : name));
  expect(crowded?.points[0]?.throughput.median).toBe(0.5);
});

test('a figure is the median of its repetitions, with the least and the most', () => {
  const [row] = toSeries(
    [0.5, 0.2, 0.3].map((cpu) => [aTurn({ cpu })]),
    (name) => name,
  );
  expect(row?.points[0]?.cpu).toEqual({ median: 0.3, least: 0.2, most: 0.5 });
});
