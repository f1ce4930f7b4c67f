import { describe, expect, test } from 'vitest';
import { formatMoney } from '../../shared/kernel/money.ts';

// By its address: it is a script of the browser, outside of what the compiler checks.
const { waitFor, toMoney } = await import(new URL('../../web/pages/tally.js', import.meta.url).href);

describe('the script of the tally', () => {
  test('reads when the server says, a little apart for each reader', () => {
    expect([0, 0.5, 1].map((random) => waitFor(10, 0, random))).toEqual([9_000, 10_000, 11_000]);
  });

  test('waits ever longer while reading fails, five minutes on average at most', () => {
    expect([1, 2, 3].map((failures) => waitFor(5, failures, 0.5))).toEqual([10_000, 20_000, 40_000]);
    expect(waitFor(5, 60, 0.5)).toBe(300_000);
  });

  test.each(['en', 'fr', 'ar'])('writes money as the server does in %s', (language) => {
    expect(toMoney(123_456, 'EUR', 2, language)).toBe(formatMoney(123_456, 'EUR', language));
    expect(toMoney(3_000, 'JPY', 0, language)).toBe(formatMoney(3_000, 'JPY', language));
  });
});
