import * as z from 'zod';
import { Currency } from '../../shared/kernel/iso.ts';
import { Jurisdiction } from '../../shared/kernel/jurisdiction.ts';
import { LanguageTag } from '../../shared/kernel/language.ts';
import { Amount } from '../../shared/kernel/money.ts';
import { History } from './letter.ts';
import { LetterText, line } from './letter-text.ts';

const Count = z.int().nonnegative();

/** Pledges of one currency; the amount in its minor unit. */
const Pledges = z.strictObject({ currency: Currency, count: Count, amountMinor: Amount });

const Organisation = z.strictObject({ name: line(200), country: Jurisdiction.optional() });

/** Whom the letter is for, in the letter's language. */
const Addressee = z.strictObject({
  holder: line(200).optional(),
  honorific: line(100).optional(),
  /** `Dear Minister`; without it the letter opens with a greeting fit for any office. */
  salutation: line(200).optional(),
  office: line(300),
  country: Jurisdiction,
  /** The country as this office writes it, where Unicode's name (Congo - Kinshasa) is not the one to use. */
  countryName: line(100).optional(),
  addressLines: z.array(line(200)).max(10).optional(),
});

/** The milestone that gave rise to the letter: `threshold` was met when the count of its scope stood at `reached`. */
const Occasion = z.strictObject({
  scope: z.union([z.literal('world'), Jurisdiction]),
  threshold: Count,
  reached: Count,
});

/** The counts frozen in the letter. */
const Figures = z.strictObject({
  signatures: Count,
  /** Those of the addressee's country, and its place among the countries; left out for a body of several countries. */
  here: z.strictObject({ signatures: Count, rank: z.int().positive().optional() }).optional(),
  countries: Count,
  pledges: z.array(Pledges),
  openedOn: z.iso.date(),
  /** How long the campaign has run. */
  days: z.int().positive(),
});

/** A testimony, with the author's name as the author wants it shown. */
const Voice = z.strictObject({ words: line(600), author: line(120) });

const Signatory = z.strictObject({
  name: line(200),
  organisation: line(200).optional(),
  /** Replies are read there. */
  email: z.email(),
  phone: line(40).optional(),
});

/** Everything one letter says that the system's own texts do not. */
export const LetterContent = z.strictObject({
  /** The reference, such as `MHFA-2026-7K3QX2`. */
  number: line(40),
  date: z.iso.date(),
  language: LanguageTag,
  /** The campaign's words in the letter's language. */
  text: LetterText,
  /** The campaign's page, and the page by which the letter can be checked. */
  url: z.url(),
  verifyUrl: z.url(),
  /** The first is the one that writes. */
  organisations: z.array(Organisation).min(1).max(100),
  addressee: Addressee,
  occasion: Occasion,
  figures: Figures,
  history: History.optional(),
  voices: z.array(Voice).max(3).optional(),
  signatory: Signatory,
  /** The day by which an answer is asked for, if there is one. */
  replyBy: z.iso.date().optional(),
  enclosures: z.array(line(200)).optional(),
  /** Marks each page as a draft. */
  draft: z.boolean().optional(),
});
export type LetterContent = z.output<typeof LetterContent>;
