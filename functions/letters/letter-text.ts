import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from '../../shared/kernel/language.ts';
import type { LetterContent } from './letter-content.ts';
import { formatCount, formatDate, letterLocale, nameCountry, nameMoney } from './letter-format.ts';
import ar from './texts/ar.json' with { type: 'json' };
import en from './texts/en.json' with { type: 'json' };
import es from './texts/es.json' with { type: 'json' };
import fr from './texts/fr.json' with { type: 'json' };

type TextKey = keyof typeof en;
type Values = Record<string, string | number>;
type Say = (key: TextKey, values?: Values) => string;
interface Row {
  label: string;
  value: string;
}

const texts: Record<Language, Record<TextKey, string>> = { en, fr, es, ar };

/** Every word of a letter, formatted and in reading order: what `letter.typ` sets on the page. */
export interface LetterText {
  language: Language;
  region: string;
  /** The title of the document, as a reader or a screen reader announces it. */
  title: string;
  organisations: string[];
  placeAndDate: string;
  reference: Row;
  addressee: string[];
  subject: string;
  salutation: string;
  opening: string[];
  ask: { heading: string; items: string[] };
  figures: { heading: string; columns: Row; rows: Row[]; notes: string[] };
  response: string;
  disposal: string;
  closing: string;
  signatory: { name: string; lines: string[]; contacts: Row[] };
  enclosures: { heading: string; items: string[] };
  /** Still holds `{page}` and `{pages}`: only the typesetter knows them. */
  page: string;
}

/** Says a letter in its language. The texts in Arabic carry no vowel marks: PDF readers lose the order of marks. */
export function writeLetter(letter: LetterContent): LetterText {
  const locale = letterLocale(letter);
  const say = sayIn(letter.language, locale);
  const { campaign, addressee } = letter;
  const country = addressee.countryName ?? nameCountry(locale, addressee.country);
  const salutation = (addressee.salutation ?? say('salutation')).replace(/\s*[,:،]$/, '');
  return {
    language: letter.language,
    region: new Intl.Locale(locale).region ?? '',
    title: say('document', { title: campaign.title, office: addressee.office, country }),
    organisations: letter.organisations.map(({ name }) => name),
    placeAndDate: say('placeAndDate', { place: letter.place, date: formatDate(locale, letter.date) }),
    reference: { label: say('reference'), value: letter.number },
    addressee: addresseeLines(letter, country),
    subject: say('subject', { title: campaign.title }),
    salutation: salutation + say('salutationMark'),
    opening: [opening(letter, country, say), say('meaning')],
    ask: { heading: say('askHeading'), items: campaign.ask },
    figures: figures(letter, locale, country, say),
    response: response(letter, locale, say),
    disposal: say('disposal'),
    closing: say('closing', { salutation }),
    signatory: signatory(letter, say),
    enclosures: { heading: say('enclosures'), items: letter.enclosures ?? [] },
    page: say('page', { page: '{page}', pages: '{pages}' }),
  };
}

const formats = new Map<string, IntlMessageFormat>();

function sayIn(language: Language, locale: string): Say {
  return (key, values) => {
    const id = `${locale} ${key}`;
    // Tags are off: a letter has no markup, and a `<` in a name is a `<`.
    const format =
      formats.get(id) ?? new IntlMessageFormat(texts[language][key], locale, undefined, { ignoreTag: true });
    formats.set(id, format);
    return String(format.format(values));
  };
}

function addresseeLines({ addressee }: LetterContent, country: string): string[] {
  const { honorific, holder, office, addressLines } = addressee;
  const person = holder && [honorific, holder].filter(Boolean).join(' ');
  return [...(person ? [person] : []), office, ...(addressLines ?? []), country];
}

function opening({ campaign, occasion, figures }: LetterContent, country: string, say: Say): string {
  const { title } = campaign;
  const { threshold, reached } = occasion;
  if (occasion.scope !== 'world') return say('openingCountry', { title, reached, threshold, country });
  return say('openingWorld', { title, reached, threshold, countries: figures.countries });
}

function figures(letter: LetterContent, locale: string, country: string, say: Say): LetterText['figures'] {
  const { figures, campaign } = letter;
  const date = formatDate(locale, letter.date);
  const number = (count: number) => formatCount(locale, count);
  return {
    heading: say('figuresHeading'),
    columns: {
      label: say('figuresAsOf', { openedOn: formatDate(locale, figures.openedOn), date }),
      value: say('figuresValue'),
    },
    rows: [
      { label: say('signatures'), value: number(figures.signatures) },
      { label: say('signaturesHere', { country }), value: number(figures.signaturesHere) },
      { label: say('countries'), value: number(figures.countries) },
      ...pledgeRows(letter, locale, say),
    ],
    notes: [
      say('countingNote', { date, url: campaign.url }),
      ...(figures.pledges.length > 0 ? [say('pledgesNote')] : []),
    ],
  };
}

function pledgeRows({ figures }: LetterContent, locale: string, say: Say): Row[] {
  return figures.pledges.map(({ count, amountMinor, currency }) => ({
    label: say('pledges', { count }),
    value: nameMoney(locale, amountMinor, currency),
  }));
}

function response({ replyBy, signatory, number }: LetterContent, locale: string, say: Say): string {
  const to = { email: signatory.email, number };
  return replyBy ? say('responseBy', { ...to, date: formatDate(locale, replyBy) }) : say('response', to);
}

function signatory({ signatory }: LetterContent, say: Say): LetterText['signatory'] {
  const { name, role, organisation, email, phone } = signatory;
  const contacts = [{ label: say('email'), value: email }];
  if (phone) contacts.push({ label: say('phone'), value: phone });
  return { name, lines: organisation ? [role, organisation] : [role], contacts };
}
