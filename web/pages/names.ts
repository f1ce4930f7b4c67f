import { countryList, currencyList } from '../../shared/kernel/iso.ts';
import type { Language } from '../../shared/kernel/language.ts';

export interface Choice {
  value: string;
  label: string;
}

/** A count as a reader of the language writes it. */
export function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(language).format(count);
}

interface DayStyle {
  month?: 'long' | 'short';
  /** IANA name. The server does not know the reader's: what is said in none is a day of UTC. */
  timeZone?: string | undefined;
}

/** An ISO date and time in words, by the day. */
export function formatDay(
  iso: string,
  language: Language,
  { month = 'long', timeZone = 'UTC' }: DayStyle = {},
): string {
  const style = { year: 'numeric', month, day: 'numeric', timeZone } as const;
  const format = new Intl.DateTimeFormat(dateLocale(language), style);
  return format.format(new Date(iso));
}

/** The last day of what ends at an ISO date and time: what ends at midnight has no part of the day that begins. */
export function formatLastDay(end: string, language: Language, style: DayStyle = {}): string {
  return formatDay(new Date(Date.parse(end) - 1).toISOString(), language, style);
}

/** An ISO date and time to the minute, with its zone, UTC. */
export function formatTime(iso: string, language: Language): string {
  const format = new Intl.DateTimeFormat(dateLocale(language), {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  });
  return format.format(new Date(iso));
}

/** Most of the world that reads English writes the day first. */
export function dateLocale(language: Language): string {
  return language === 'en' ? 'en-GB' : language;
}

/** A country's name (ISO 3166-1 alpha-2) in the language. */
export function countryName(country: string, language: Language): string {
  return regionNames(language).of(country) ?? country;
}

/** A language's name in the language itself. */
export function nameOfLanguage(language: Language): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** A language's name (BCP 47) in another language. */
export function languageName(tag: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(tag) ?? tag;
}

/** A currency's name (ISO 4217) in the language. */
export function currencyName(currency: string, language: Language): string {
  return new Intl.DisplayNames([language], { type: 'currency' }).of(currency) ?? currency;
}

/** All countries, by name, in the order of the language's alphabet. */
export const countryChoices = oncePerLanguage((language): Choice[] => {
  const { compare } = new Intl.Collator(language);
  return countryList
    .map((value) => ({ value, label: countryName(value, language) }))
    .sort((a, b) => compare(a.label, b.label));
});

/** All currencies, by code: "EUR – Euro". */
export const currencyChoices = oncePerLanguage((language): Choice[] => {
  const names = new Intl.DisplayNames([language], { type: 'currency' });
  return currencyList.map((value) => ({ value, label: `${value} – ${names.of(value) ?? value}` }));
});

const regionNames = oncePerLanguage((language) => new Intl.DisplayNames([language], { type: 'region' }));

/** Sorting 249 names takes milliseconds, which a page need not spend twice. */
function oncePerLanguage<T>(make: (language: Language) => T): (language: Language) => T {
  const made = new Map<Language, T>();
  return (language) => {
    const value = made.get(language) ?? make(language);
    made.set(language, value);
    return value;
  };
}
