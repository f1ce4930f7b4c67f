import { exponentOf } from '../../shared/kernel/iso.ts';
import { isCountry } from '../../shared/kernel/jurisdiction.ts';
import type { Amount } from '../../shared/kernel/money.ts';
import type { LetterContent } from './letter-content.ts';

/**
 * The BCP 47 locale a letter is written in: its language as used in the addressee's country (a comma or a point in
 * 1.250,00 differs between Spain and Mexico), else in the region of the tag or the usual one of the language. Digits are
 * those of the locale (٢٠٢٦ in Egypt, 2026 in Morocco); the calendar is the Gregorian one everywhere, also for fa-IR.
 */
export function letterLocale({ language, addressee }: Pick<LetterContent, 'language' | 'addressee'>): string {
  const { script } = new Intl.Locale(language).maximize();
  const there = `${new Intl.Locale(language).language}-${addressee.country}`;
  const isUsual =
    isCountry(addressee.country) &&
    new Intl.NumberFormat(there).resolvedOptions().locale === there &&
    // Chinese in Taiwan is written in other characters than a letter in Simplified Chinese has.
    new Intl.Locale(there).maximize().script === script;
  return `${isUsual ? there : usualLocale(language)}-u-ca-gregory`;
}

/** CLDR's likely region is the most populous one; the English of the world's diplomacy is nearer to the British. */
function usualLocale(language: string): string {
  return language === 'en' ? 'en-GB' : new Intl.Locale(language).maximize().toString();
}

/** An ISO date in words: `22 November 2026`. */
export function formatDate(locale: string, isoDate: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(isoDate));
}

/** An ISO date without its year, for the axis of a chart: `22 Nov`. */
export function formatDay(locale: string, isoDate: string): string {
  const parts = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return new Intl.DateTimeFormat(locale, parts).format(new Date(isoDate));
}

/** An amount of minor units with its currency's name, exact at any size: `3,000 Japanese yen`. */
export function nameMoney(locale: string, amountMinor: Amount, currency: string): string {
  const digits = exponentOf(currency);
  const amount = `${amountMinor}E-${digits}` as Intl.StringNumericLiteral;
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    currencyDisplay: 'name',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount);
}

/** The name of a country, a union of countries or a region (`KE`, `EU`, `002`), in the language of the locale. */
export function nameCountry(locale: string, code: string): string {
  const name = new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code;
  // Unicode's English names write `&`, which a letter does not.
  return name.replace(' & ', ' and ');
}

/** The ten digits as the locale writes them. */
export function digitsOf(locale: string): string[] {
  const { format } = new Intl.NumberFormat(locale);
  return Array.from({ length: 10 }, (_, digit) => format(digit));
}
