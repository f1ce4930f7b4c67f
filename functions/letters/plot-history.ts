import type { LetterContent } from './letter-content.ts';

/** A line in a square of 1 by 1, its origin at the start of the first day and a count of none. */
export interface Plot {
  /** `[time, count]` */
  points: [number, number][];
  ticks: { at: number; count: number }[];
}

type History = NonNullable<LetterContent['history']>;

/** Of fewer than two days there is no line. */
export function plotHistory(history: History): Plot | undefined {
  const [first, last] = [history[0], history.at(-1)];
  if (!first || !last || first.day === last.day) return undefined;
  const [begin, end] = [Date.parse(first.day), Date.parse(last.day)];
  const highest = Math.max(...history.map(({ count }) => count));
  const step = stepFor(highest);
  const top = Math.max(step, highest);
  return {
    points: history.map(({ day, count }) => [(Date.parse(day) - begin) / (end - begin), count / top]),
    ticks: Array.from({ length: Math.floor(top / step) + 1 }, (_, n) => ({
      at: (n * step) / top,
      count: n * step,
    })),
  };
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that needs no more than four steps. */
function stepFor(highest: number): number {
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, highest / 4))));
  return [1, 2, 5, 10].map((n) => n * magnitude).find((step) => step * 4 >= highest) ?? magnitude * 10;
}
