import { exponentOf } from '../../shared/kernel/iso.ts';
import type { Language } from '../../shared/kernel/language.ts';
import type { Amount } from '../../shared/kernel/money.ts';
import type { LetterContent } from './letter-content.ts';

const usualRegion: Record<Language, string> = { en: 'GB', fr: 'FR', es: 'ES', ar: 'EG' };

/**
 * The BCP 47 locale a letter is written in: its language as used in the addressee's country (a comma or a point in
 * 1.250,00 differs between Spain and Mexico), or the usual region where the language is not a usual one of that country.
 * Digits are Latin in every language, Arabic too: the reference, the links and the figures that an office compares with
 * the public tally are then the same characters everywhere. The calendar is the Gregorian one, also for ar-SA.
 */
export function letterLocale({ language, addressee }: Pick<LetterContent, 'language' | 'addressee'>): string {
  const wanted = `${language}-${addressee.country}`;
  const known = new Intl.NumberFormat(wanted).resolvedOptions().locale === wanted;
  return `${known ? wanted : `${language}-${usualRegion[language]}`}-u-ca-gregory-nu-latn`;
}

/** An ISO date in words: `22 November 2026`. */
export function formatDate(locale: string, isoDate: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(isoDate));
}

export function formatCount(locale: string, count: number): string {
  return new Intl.NumberFormat(locale).format(count);
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

/** The name of a country (ISO 3166-1 alpha-2), in the language of the locale. */
export function nameCountry(locale: string, country: string): string {
  const name = new Intl.DisplayNames(locale, { type: 'region' }).of(country) ?? country;
  // Unicode's English names write `&`, which a letter does not.
  return name.replace(' & ', ' and ');
}
