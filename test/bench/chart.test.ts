import { expect, test } from 'vitest';
import { type Chart, toSvg } from '../../bench/chart.ts';

const bars: Chart = {
  name: 'cost',
  title: 'Cost <of it>',
  unit: ' USD',
  bars: [
    { label: 'A & B', value: 4 },
    { label: 'C', value: 0.5 },
  ],
};
const lines: Chart = {
  name: 'reads',
  title: 'Reads',
  unit: '',
  across: 'viewers',
  lines: [
    { label: 'looks', points: [1, 10, 1_000].map((x) => ({ x, y: x })) },
    { label: 'reads', points: [1, 10, 1_000].map((x) => ({ x, y: 1_000 })) },
  ],
};

test('a chart says in words what it shows', () => {
  expect(descriptionOf(toSvg(bars))).toBe('A &#38; B: 4 USD; C: 0.5 USD');
  expect(descriptionOf(toSvg(lines))).toContain(
    'looks: 1 at 1 viewers, 10 at 10 viewers, 1,000 at 1,000 viewers',
  );
});

test('a chart escapes what it is given', () => {
  expect(toSvg(bars)).toContain('<title id="title">Cost &#60;of it&#62;</title>');
});

test('bars are as long as their values', () => {
  const [four = 0, half = 0] = [...toSvg(bars).matchAll(/class="bar".*? width="([\d.]+)"/g)].map(
    ([, width]) => Number(width),
  );
  expect(four / half).toBeCloseTo(8, 1);
});

test('names of lines that end at the same point do not lie on each other', () => {
  const names = [...toSvg(lines).matchAll(/y="([\d.]+)" class="fill\d"/g)].map(([, y]) => Number(y));
  expect(Math.abs((names[0] ?? 0) - (names[1] ?? 0))).toBeGreaterThan(12);
});

function descriptionOf(svg: string): string | undefined {
  return /<desc id="description">(.*)<\/desc>/.exec(svg)?.[1];
}
