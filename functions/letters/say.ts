import { IntlMessageFormat } from 'intl-messageformat';
import { type Direction, directionOf } from '../../shared/kernel/language.ts';
import type { LetterContent } from './letter-content.ts';
import { formatDate, letterLocale, nameCountry } from './letter-locale.ts';
import { type MessageKey, type Variable, variables } from './letter-messages.ts';
import { messagesOf } from './messages-of.ts';
import { isolate, isolateCode } from './text-direction.ts';

type Values = Partial<Record<Variable, string | number>>;

/** How one letter speaks. `values` are those that a message knows besides the ones that all of them know. */
export interface Speaker {
  locale: string;
  direction: Direction;
  country: string;
  /** Says one of the letter's messages. */
  say(key: MessageKey, values?: Values): string;
  /** Says a text of the campaign's own, such as an ask. */
  phrase(message: string): string;
  number(count: number): string;
  date(isoDate: string): string;
}

const codes: ReadonlySet<string> = new Set<Variable>(['number', 'url', 'verifyUrl', 'email']);

/** Speaks the language of the letter: its numbers, dates and names, and its direction where words of the other stand in it. */
export function speakerOf(letter: LetterContent): Speaker {
  const locale = letterLocale(letter);
  const direction = directionOf(letter.language);
  const messages = messagesOf(letter.language, letter.text);
  const country = letter.addressee.countryName ?? nameCountry(locale, letter.addressee.country);
  const date = (isoDate: string) => formatDate(locale, isoDate);
  const known = embed(valuesOf(letter, country, date), direction);
  return {
    locale,
    direction,
    country,
    say: (key, values) =>
      format(messages[key], locale, { ...known, ...(values && embed(values, direction)) }),
    phrase: (message) => format(message, locale, known),
    number: new Intl.NumberFormat(locale).format,
    date,
  };
}

function valuesOf(letter: LetterContent, country: string, date: (isoDate: string) => string): Values {
  const { text, figures, occasion, signatory, addressee } = letter;
  return {
    title: text.title,
    office: addressee.office,
    country,
    place: text.place,
    date: date(letter.date),
    openedOn: date(figures.openedOn),
    number: letter.number,
    url: letter.url,
    verifyUrl: letter.verifyUrl,
    email: signatory.email,
    signatory: signatory.name,
    organisation: letter.organisations[0]?.name ?? '',
    reached: occasion.reached,
    threshold: occasion.threshold,
    signatures: figures.signatures,
    countries: figures.countries,
    days: figures.days,
  };
}

function embed(values: Values, direction: Direction): Values {
  const embedded: Values = {};
  for (const [name, value] of Object.entries(values) as [Variable, string | number][]) {
    if (variables[name] === 'number') embedded[name] = value;
    else embedded[name] = (codes.has(name) ? isolateCode : isolate)(String(value), direction);
  }
  return embedded;
}

const formats = new Map<string, IntlMessageFormat>();

function format(message: string, locale: string, values: Values): string {
  const id = `${locale} ${message}`;
  // Tags are off: a letter has no markup, and a `<` in a name is a `<`.
  const known = formats.get(id) ?? new IntlMessageFormat(message, locale, undefined, { ignoreTag: true });
  // Parsing takes as long as setting a paragraph. Campaigns come and go: what is kept is bounded.
  if (formats.size >= 5_000) formats.clear();
  formats.set(id, known);
  return String(known.format(values));
}
