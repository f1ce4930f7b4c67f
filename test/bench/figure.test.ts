import { expect, test } from 'vitest';
import { type Figure, toRow } from '../../bench/figure.ts';
import { toTable } from '../../bench/print-figures.ts';

const figure: Figure = { name: 'write units', measured: 4.061, bound: 4.3, unit: ' units', how: 'Counted.' };

test('a figure within its bound is ok, and written as it is printed', () => {
  expect(toRow(figure)).toEqual({
    name: 'write units',
    value: 4.06,
    unit: 'units',
    bound: 4.3,
    ok: true,
    how: 'Counted.',
  });
});

test('a figure over its bound is not ok', () => {
  expect(toRow({ ...figure, measured: 4.31 }).ok).toBe(false);
});

test('what reads as equal to its bound is within it', () => {
  expect(toRow({ ...figure, measured: 4.3049 })).toMatchObject({ value: 4.3, ok: true });
});

test('a figure without a bound is ok', () => {
  const { bound: _, ...unbounded } = figure;
  expect(toRow({ ...unbounded, measured: 1e9 })).toMatchObject({ bound: null, ok: true });
});

test('what could not be measured is not ok, with a bound or without', () => {
  const { bound: _, ...unbounded } = figure;
  expect(toRow({ ...figure, measured: Number.NaN })).toMatchObject({ value: null, ok: false });
  expect(toRow({ ...unbounded, measured: Number.NaN })).toMatchObject({ value: null, ok: false });
});

test('small amounts keep two digits', () => {
  expect(toRow({ ...figure, measured: 0.000_287_6 }).value).toBe(0.000_29);
});

test('the table says how, once for figures that were measured together', () => {
  const table = toTable('units', [figure, { ...figure, name: 'read units' }, { ...figure, how: 'Guessed.' }]);
  expect(table.match(/Counted\./g)).toHaveLength(1);
  expect(table.split('\n').at(-1)).toContain('Guessed.');
});
