import * as z from 'zod';
import { exponentOf } from './iso.ts';
import { parseMinorUnits } from './minor-units.ts';

/**
 * A sum of minor units. Sums are exact at any size; beyond 2^53 - 1, which is more than JSON's readers keep, one is
 * written as a string of its digits, so that no parser rounds it in silence.
 */
export const Amount = z.union([z.int().nonnegative(), z.string().regex(/^[1-9]\d{15,37}$/)]);
export type Amount = z.output<typeof Amount>;

export function toAmount(sum: bigint): Amount {
  return sum <= Number.MAX_SAFE_INTEGER ? Number(sum) : String(sum);
}

/** Minor units as a reader of the language writes them: 2500 EUR is "€25.00" in English. */
export function formatMoney(amount: Amount, currency: string, language: string): string {
  const digits = exponentOf(currency);
  // By decimal string, not by division: minor units stay exact beyond what a binary fraction holds.
  const text = String(amount).padStart(digits + 1, '0');
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(decimal as Intl.StringNumericLiteral);
}

/** An amount as typed to minor units of its currency; undefined when it is no such number: see `parseMinorUnits`. */
export function toMinorUnits(typed: string, currency: string): number | undefined {
  return parseMinorUnits(typed, exponentOf(currency));
}
