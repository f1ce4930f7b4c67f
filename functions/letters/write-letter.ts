import { drawQrCode } from './draw-qr-code.ts';
import type { LetterContent } from './letter-content.ts';
import { digitsOf, nameCountry } from './letter-locale.ts';
import type { LetterPage, Row } from './letter-page.ts';
import { type Speaker, speakerOf } from './say.ts';
import { isolate, isolateCode } from './text-direction.ts';
import { writeChart, writeFigures, writeNotes } from './write-figures.ts';

/** Says a letter in its language. */
export function writeLetter(letter: LetterContent): LetterPage {
  const speaker = speakerOf(letter);
  const { say, date, country, locale, direction } = speaker;
  const salutation = (letter.addressee.salutation ?? say('salutation')).replace(/\s*[,:;!،，：、！]$/u, '');
  const chart = writeChart(letter, speaker);
  return {
    ...tongue(letter.language, locale),
    direction,
    digits: digitsOf(locale),
    title: say('document'),
    ...(letter.draft && { draft: say('draft') }),
    letterhead: letterhead(letter, speaker),
    addressee: addresseeLines(letter, country).map((line) => isolate(line, direction)),
    placeAndDate: say('placeAndDate'),
    reference: { label: say('reference'), value: isolateCode(letter.number, direction) },
    claim: isolateCode(claim(letter), direction),
    ...(letter.replyBy && { replyBy: { label: say('replyByLabel'), value: date(letter.replyBy) } }),
    subject: say('subject'),
    salutation: salutation + say('salutationMark'),
    opening: [say(letter.occasion.scope === 'world' ? 'openingWorld' : 'openingCountry'), say('meaning')],
    ask: { heading: say('askHeading'), items: letter.text.asks.map(speaker.phrase) },
    figures: writeFigures(letter, speaker),
    ...(chart && { chart }),
    notes: writeNotes(letter, speaker),
    ...voices(letter, speaker),
    response: { heading: say('responseHeading'), paragraphs: [response(letter, speaker), say('disposal')] },
    closing: say('closing', { salutation }),
    signatory: signatory(letter, speaker),
    organisations: organisations(letter, speaker),
    contacts: contacts(letter, speaker),
    ...enclosures(letter, speaker),
    verify: {
      heading: say('verifyHeading'),
      text: say('verify'),
      alt: say('qrAlt'),
      code: drawQrCode(letter.verifyUrl),
    },
    page: say('page', { page: '{page}', pages: '{pages}' }),
  };
}

/** `2026-11-22 · 12840 ≥ 10000`; before the count the country's code, if it is a country's. */
function claim({ date, occasion }: LetterContent): string {
  const { scope, reached, threshold } = occasion;
  return `${date} · ${scope === 'world' ? '' : `${scope} `}${reached} ≥ ${threshold}`;
}

function tongue(tag: string, locale: string): Pick<LetterPage, 'language' | 'script' | 'region'> {
  const { language, script = 'Latn' } = new Intl.Locale(tag).maximize();
  const { region } = new Intl.Locale(locale);
  return { language, script, ...(region && /^[A-Z]{2}$/.test(region) && { region }) };
}

/** Letters of two lines, in which the partners are named. */
const roomInHead = 200;

/** A hundred partners would push the letter off its page: the head names some, and all of them sign below. */
function letterhead(
  { organisations }: LetterContent,
  { direction, number }: Speaker,
): LetterPage['letterhead'] {
  const [name = '', ...partners] = organisations.map((organisation) => isolate(organisation.name, direction));
  let length = 0;
  const over = partners.findIndex((partner) => {
    length += partner.length + ' · '.length;
    return length > roomInHead;
  });
  if (over < 0) return { name, partners };
  const left = isolateCode(`+${number(partners.length - over)}`, direction);
  return { name, partners: [...partners.slice(0, over), left] };
}

function addresseeLines({ addressee }: LetterContent, country: string): string[] {
  const { honorific, holder, office, addressLines } = addressee;
  const person = holder && [honorific, holder].filter(Boolean).join(' ');
  return [...(person ? [person] : []), office, ...(addressLines ?? []), country];
}

function voices({ voices }: LetterContent, { say, direction }: Speaker): Pick<LetterPage, 'voices'> {
  if (!voices?.length) return {};
  const items = voices.map(({ words, author }) => ({
    words: isolate(words, direction),
    author: isolate(author, direction),
  }));
  return { voices: { heading: say('voicesHeading'), items, note: say('voicesNote') } };
}

function response({ replyBy }: LetterContent, { say, date }: Speaker): string {
  return replyBy ? say('responseBy', { replyBy: date(replyBy) }) : say('response');
}

/** A role often names the organisation: it is not said twice. */
function signatory({ signatory, text }: LetterContent, { direction }: Speaker): LetterPage['signatory'] {
  const { name, organisation } = signatory;
  const lines = organisation && !text.role.includes(organisation) ? [text.role, organisation] : [text.role];
  return { name: isolate(name, direction), lines: lines.map((line) => isolate(line, direction)) };
}

function contacts({ signatory: { email, phone } }: LetterContent, { say, direction }: Speaker): Row[] {
  const address = { label: say('email'), value: isolateCode(email, direction) };
  return phone ? [address, { label: say('phone'), value: isolateCode(phone, direction) }] : [address];
}

function enclosures(
  { enclosures }: LetterContent,
  { say, direction }: Speaker,
): Pick<LetterPage, 'enclosures'> {
  if (!enclosures?.length) return {};
  return {
    enclosures: { heading: say('enclosures'), items: enclosures.map((item) => isolate(item, direction)) },
  };
}

function organisations(
  letter: LetterContent,
  { say, locale, direction }: Speaker,
): LetterPage['organisations'] {
  const items = letter.organisations.map(({ name, country }) => ({
    name: isolate(name, direction),
    ...(country && { country: nameCountry(locale, country) }),
  }));
  return { heading: say('organisationsHeading'), items };
}
