import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextPace } from '../../functions/tallies/pace.ts';
import { minute, noon } from '../support/a-campaign.ts';

const still = { rate: 0, asOf: noon };

describe('the pace of a tally', () => {
  test('settles at n a minute in a steady stream of n a minute', () => {
    let before = still;
    for (let second = 2; second <= 1_200; second += 2) {
      const now = noon + second * 1_000;
      before = { rate: nextPace(before, 4, second * 2, [], now).rate, asOf: now };
    }
    expect(before.rate).toBeGreaterThan(110);
    expect(before.rate).toBeLessThan(130);
  });

  test('dies away when nothing is counted any more', () => {
    expect(nextPace({ rate: 600, asOf: noon }, 0, 10, [], noon + 10 * minute).rate).toBeLessThan(0.1);
  });

  test('asks readers to come back later when it is busy, and sooner when the next goal is near', () => {
    expect(nextPace(still, 1, 50, [100], noon).pollAfter).toBe(5);
    expect(nextPace(still, 700, 800, [10_000], noon).pollAfter).toBe(10);
    expect(nextPace(still, 1, 98, [100], noon).pollAfter).toBe(3);
  });

  test('does not wait for a goal when all are met', () => {
    expect(nextPace(still, 1, 500, [100], noon).pollAfter).toBe(5);
  });

  test('is a number from zero up whatever happens, clocks that differ and withdrawals included', () => {
    const any = fc.record({
      rate: fc.double({ min: 0, max: 1e6, noNaN: true }),
      skew: fc.integer({ min: -1e9, max: 1e9 }),
      signatures: fc.integer({ min: -97, max: 97 }),
    });
    fc.assert(
      fc.property(any, ({ rate, skew, signatures }) => {
        const pace = nextPace({ rate, asOf: noon }, signatures, 50, [100], noon + skew);
        expect(pace.rate).toBeGreaterThanOrEqual(0);
        expect([3, 5, 10]).toContain(pace.pollAfter);
      }),
    );
  });
});
