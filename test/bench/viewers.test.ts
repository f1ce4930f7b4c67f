import { describe, expect, test } from 'vitest';
import { type Audience, mostReads, simulateViewers, toFreshness } from '../../bench/viewers.ts';

const freshness = { fresh: 2, staleWhileRevalidate: 2 };

describe('viewers behind a CDN', () => {
  test('100,000 viewers cost the origin no more than 1,000, but for what the gaps between their looks save', () => {
    const thousand = simulate({ viewers: 1_000, nodes: 13 });
    const hundredThousand = simulate({ viewers: 100_000, nodes: 13 });
    expect(hundredThousand.looks / thousand.looks).toBeCloseTo(100, 0);
    expect(hundredThousand.reads).toBeLessThanOrEqual(mostReads(freshness, 13));
    expect(hundredThousand.reads / thousand.reads).toBeLessThan(1.1);
  });

  test('nobody waits for the origin once many watch', () => {
    expect(simulate({ viewers: 100_000, nodes: 13 }).waits).toBe(0);
  });

  test('a single viewer, who looks more seldom than answers are kept, always asks the origin', () => {
    const { looks, reads, waits } = simulate({ viewers: 1, nodes: 1 });
    expect([reads, waits]).toEqual([looks, looks]);
  });

  test('those who come while an answer is fetched share it', () => {
    const slow = simulate({ viewers: 1_000, nodes: 1, fetching: 30 });
    expect(slow.reads).toBeLessThanOrEqual(2);
    expect(slow.looks).toBeGreaterThan(10_000);
  });

  test('each cache fetches for itself', () => {
    const one = simulate({ viewers: 20_000, nodes: 1 });
    const two = simulate({ viewers: 20_000, nodes: 2 });
    expect(two.reads / one.reads).toBeCloseTo(2, 1);
  });
});

describe('how long an answer is kept', () => {
  test('is what its header tells shared caches', () => {
    expect(toFreshness('public, max-age=1, s-maxage=2, stale-while-revalidate=3')).toEqual({
      fresh: 2,
      staleWhileRevalidate: 3,
    });
  });

  test.each(['no-store', 'private, max-age=60', 'public', ''])(
    'is refused where caches may not keep it: %j',
    (header) => {
      expect(() => toFreshness(header)).toThrow('Not kept by shared caches');
    },
  );
});

/** Looks five seconds apart, more or less, by numbers that are the same in every run. */
function simulate(audience: Pick<Audience, 'viewers' | 'nodes'> & { fetching?: number }) {
  const pause = (random: number) => 4.5 + random;
  return simulateViewers({ fetching: 0.25, pause, ...audience }, freshness, aRandom());
}

/** A linear congruential generator (Numerical Recipes). */
function aRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
