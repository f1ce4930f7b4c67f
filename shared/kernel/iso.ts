import { data as currencies } from 'currency-codes';
import countries from 'i18n-iso-countries/codes.json' with { type: 'json' };
import * as z from 'zod';

/** ISO 3166-1 alpha-2. The library's list also has XK, which ISO leaves to its users; the contract's codes are exact. */
const countryCodes = new Set(countries.map(([alpha2]) => alpha2 as string).filter((code) => code !== 'XK'));

/** ISO 4217 codes that are money: X-codes are metals, tests and units of account, but for these currency unions. */
const unions = new Set(['XAF', 'XCD', 'XOF', 'XPF']);
const exponents = new Map(
  currencies
    .filter(({ code }) => !code.startsWith('X') || unions.has(code))
    .map(({ code, digits }) => [code, digits]),
);

export const Country = z
  .string()
  .refine((code) => countryCodes.has(code), {
    error: 'Give the two capital letters of a country of ISO 3166-1, such as KE.',
    params: { code: 'unknown-country' },
  })
  .meta({ id: 'Country', description: 'ISO 3166-1 alpha-2', pattern: '^[A-Z]{2}$', example: 'KE' });

export const Currency = z
  .string()
  .refine((code) => exponents.has(code), {
    error: 'Give the three capital letters of a currency of ISO 4217, such as KES.',
    params: { code: 'unknown-currency' },
  })
  .meta({ id: 'Currency', description: 'ISO 4217', pattern: '^[A-Z]{3}$', example: 'EUR' });

export const countryList = [...countryCodes].sort();
export const currencyList = [...exponents.keys()].sort();

/** Decimal digits of a currency's minor unit by ISO 4217 (JPY 0, EUR 2, KWD 3); Intl's differ for some. */
export function exponentOf(currency: string): number {
  const exponent = exponents.get(currency);
  if (exponent === undefined) throw new RangeError(`${currency} is not a currency of ISO 4217`);
  return exponent;
}
