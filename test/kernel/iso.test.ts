import { describe, expect, test } from 'vitest';
import { Country, Currency, countryList, currencyList, exponentOf } from '../../shared/kernel/iso.ts';

describe('a country', () => {
  test.each(['KE', 'FR', 'PS', 'TW', 'GB'])('is %s', (code) => {
    expect(Country.parse(code)).toBe(code);
  });

  test.each(['ke', 'KEN', 'UK', 'XK', 'EU', 'ZZ', ' KE', 'KE ', '', 'toString'])('is not "%s"', (code) => {
    expect(Country.safeParse(code).success).toBe(false);
  });

  test('is one of the 249 of ISO 3166-1, sorted', () => {
    expect(countryList).toHaveLength(249);
    expect(countryList).toEqual([...countryList].sort());
  });
});

describe('a currency', () => {
  test.each([
    ['EUR', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['XOF', 0],
    ['HUF', 2],
    ['IQD', 3],
  ])('%s has %d digits in its minor unit, by ISO 4217', (code, digits) => {
    expect(Currency.parse(code)).toBe(code);
    expect(exponentOf(code)).toBe(digits);
  });

  test.each(['eur', 'EURO', 'XAU', 'XXX', 'XTS', 'BTC', 'DEM', ' EUR', ''])('is not "%s"', (code) => {
    expect(Currency.safeParse(code).success).toBe(false);
    expect(() => exponentOf(code)).toThrow(RangeError);
  });

  test('has 0 to 4 digits each', () => {
    expect(currencyList.length).toBeGreaterThan(150);
    for (const code of currencyList) expect([0, 1, 2, 3, 4]).toContain(exponentOf(code));
  });
});
