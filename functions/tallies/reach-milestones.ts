import type { Tally } from './tally.ts';

export interface Thresholds {
  world: number[];
  country: number[];
}

/** Milestones (`<scope>#<threshold>`) that the counts meet and that were not reached before. */
export function milestonesMet(
  { counters, reached }: Pick<Tally, 'counters' | 'reached'>,
  thresholds: Thresholds,
): string[] {
  const world = thresholds.world
    .filter((threshold) => (counters['s'] ?? 0n) >= threshold)
    .map((threshold) => `world#${threshold}`);
  const countries = Object.entries(counters)
    .filter(([name]) => name.startsWith('s@'))
    .flatMap(([name, count]) =>
      thresholds.country
        .filter((threshold) => count >= threshold)
        .map((threshold) => `${name.slice(2)}#${threshold}`),
    );
  return [...world, ...countries].filter((milestone) => !reached.has(milestone));
}
