import { afterEach, expect, test, vi } from 'vitest';
import { toRow } from '../../bench/figure.ts';
import type { Lab } from '../../bench/lab.ts';
import { measureSection } from '../../bench/section.ts';

const lab = {} as Lab;
const section = { name: 'some', title: 'Some', limit: 60 };

afterEach(() => vi.restoreAllMocks());

test('a section that fails is a row that is not ok, and says why', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const measure = () => Promise.reject(new Error('no database'));
  const { figures } = await measureSection({ ...section, measure }, lab);
  expect(figures.map(toRow)).toMatchObject([
    { value: null, ok: false, how: 'It could not be measured: no database' },
  ]);
});

test('a section that takes too long is given up', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const never = new Promise<never>(() => {});
  const { figures } = await measureSection({ ...section, limit: 0.01, measure: () => never }, lab);
  expect(figures.map(toRow)).toMatchObject([
    { ok: false, how: 'It could not be measured: not done after 0.01 s' },
  ]);
});
