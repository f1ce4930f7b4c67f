import * as z from 'zod';
import { Country, Currency } from '../../shared/kernel/iso.ts';
import { Language } from '../../shared/kernel/language.ts';
import { Amount } from '../../shared/kernel/money.ts';

/** One line of text. Controls and bidirectional overrides are refused: they could make a page read otherwise than stored. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\u202a-\u202e\u2066-\u2069]*$/u, 'Leave out control characters.');

const Count = z.int().nonnegative();

/** Pledges of one currency; the amount in its minor unit. */
const Pledges = z.strictObject({ currency: Currency, count: Count, amountMinor: Amount });

/** Whom the letter is for, in the letter's language. */
const Addressee = z.strictObject({
  holder: line(200).optional(),
  honorific: line(100).optional(),
  /** `Dear Minister`; without it the letter opens with a greeting fit for any office. */
  salutation: line(200).optional(),
  office: line(300),
  country: Country,
  /** The country as this office writes it, where Unicode's name (Congo - Kinshasa) is not the one to use. */
  countryName: line(100).optional(),
  addressLines: z.array(line(200)).max(10).optional(),
});

/** The milestone that gave rise to the letter: `threshold` was met when the count of its scope stood at `reached`. */
const Occasion = z.strictObject({
  scope: z.union([z.literal('world'), Country]),
  threshold: Count,
  reached: Count,
});

/** The counts frozen in the letter. `signaturesHere` are those of the addressee's country. */
const Figures = z.strictObject({
  signatures: Count,
  signaturesHere: Count,
  countries: Count,
  pledges: z.array(Pledges),
  openedOn: z.iso.date(),
});

const Signatory = z.strictObject({
  name: line(200),
  role: line(200),
  organisation: line(200).optional(),
  email: z.email(),
  phone: line(40).optional(),
});

/** Everything one letter says that the system's own texts do not. */
export const LetterContent = z.strictObject({
  /** The reference, such as `MHFA-2026-7K3QX2`. */
  number: line(40),
  date: z.iso.date(),
  place: line(100),
  language: Language,
  /** The campaign's words in the letter's language. Several asks are numbered. */
  campaign: z.strictObject({ title: line(300), ask: z.array(line(2000)).min(1).max(10), url: z.url() }),
  /** The first is the one that writes. */
  organisations: z.array(z.strictObject({ name: line(200) })).min(1),
  addressee: Addressee,
  occasion: Occasion,
  figures: Figures,
  signatory: Signatory,
  /** The day by which an answer is asked for, if there is one. */
  replyBy: z.iso.date().optional(),
  enclosures: z.array(line(200)).optional(),
});
export type LetterContent = z.output<typeof LetterContent>;
