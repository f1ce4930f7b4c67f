import { describe, expect, it } from 'vitest';
import { pairwise } from '../../support/pairwise.ts';

const choices = {
  kind: ['signature', 'pledge'],
  host: ['plain', 'strict', 'hostile', 'rtl', 'iframe', 'narrow', 'no script'],
  language: ['en', 'ar', 'zh'],
  theme: ['light', 'dark'],
} as const;

describe('pairwise rows', () => {
  it('have each value meet each value of every other choice', () => {
    const rows = pairwise(choices);
    const names = Object.keys(choices) as (keyof typeof choices)[];
    for (const name of names)
      for (const other of names.filter((each) => each !== name))
        for (const value of choices[name])
          for (const otherValue of choices[other])
            expect(
              rows.filter((row) => row[name] === value && row[other] === otherValue).length,
              `${value} with ${otherValue}`,
            ).toBeGreaterThan(0);
  });

  it('are few, and no more than the two longest choices need by much', () => {
    expect(pairwise(choices).length).toBeLessThanOrEqual(7 * 3 + 2);
    expect(pairwise({ a: [1, 2], b: [1, 2], c: [1, 2] }).length).toBeLessThanOrEqual(5);
  });

  it('are the same each time', () => {
    expect(pairwise(choices)).toEqual(pairwise(choices));
  });

  it('are the values themselves where there is one choice of two', () => {
    expect(pairwise({ a: ['x', 'y'], b: ['z'] })).toEqual([
      { a: 'x', b: 'z' },
      { a: 'y', b: 'z' },
    ]);
  });
});
