import * as z from 'zod';
import { Currency } from '../../shared/kernel/iso.ts';
import { Jurisdiction } from '../../shared/kernel/jurisdiction.ts';
import { Language, LanguageTag } from '../../shared/kernel/language.ts';
import { Amount } from '../../shared/kernel/money.ts';

const count = z.int().nonnegative();

/** Counts of a campaign, as its letters state them. */
const ProvenCounts = z
  .strictObject({
    signatures: count.describe('World-wide'),
    signaturesHere: count
      .nullable()
      .describe('Of the country that the letter went to; null where it went to a body of several countries'),
    countries: count.describe('Countries and territories that somebody signed in'),
    pledges: z
      .array(z.strictObject({ currency: Currency, count, amount: Amount }))
      .describe('By currency, in its minor units; never added up across currencies'),
  })
  .meta({ id: 'LetterCounts' });
export type ProvenCounts = z.output<typeof ProvenCounts>;

/** What anyone may know of a letter that has gone out, to check one that they hold. No person and no address is in it. */
export const LetterProof = z
  .strictObject({
    number: z.string().meta({ description: 'Printed on the letter', example: 'MHFA-2026-7K3QX2AB' }),
    language: Language.describe('Of this answer'),
    campaign: z.strictObject({
      slug: z.string(),
      title: z.string(),
      language: Language.describe('Of the title'),
      url: z.string().meta({ example: '/c/mental-health-for-all' }),
    }),
    organisations: z
      .array(z.string())
      .describe('Those that the letter is from, as printed; the first one wrote it'),
    office: z.strictObject({
      name: z.string().describe('As printed, in the language of the letter'),
      country: Jurisdiction,
    }),
    letterLanguage: LanguageTag.describe('Of the letter').meta({ example: 'ar' }),
    date: z.iso.date().describe('Printed on the letter'),
    occasion: z
      .strictObject({
        scope: z.union([z.literal('world'), Jurisdiction]),
        threshold: count,
      })
      .describe('The number of signatures that was reached, and where'),
    state: z
      .enum(['sending', 'sent', 'delivered', 'bounced', 'unknown', 'not-by-email'])
      .describe(
        '`sending`: on its way. `sent`: handed to the mail service. `delivered`: the mail server of the office took it. `bounced`: it could not be delivered. `unknown`: nobody can say whether it arrived. `not-by-email`: a person takes it there, by post, a form on the web or by hand',
      ),
    stateSince: z.iso.datetime(),
    pdf: z.strictObject({
      sha256: z.string().regex(/^[0-9a-f]{64}$/),
      bytes: z.int().positive(),
    }),
    claimed: ProvenCounts.extend({ asOf: z.iso.datetime() })
      .meta({ id: 'ClaimedCounts' })
      .describe('What the letter states: the counts at the moment of its occasion, frozen'),
    now: ProvenCounts.extend({
      asOf: z.iso
        .datetime()
        .nullable()
        .describe('Time of the last change that is counted; null before the first'),
    })
      .meta({ id: 'CurrentCounts' })
      .describe('The same counts now'),
  })
  .meta({ id: 'LetterProof' });
export type LetterProof = z.output<typeof LetterProof>;

/** How the proof may be asked for; else by the Accept and Accept-Language headers. */
export const ProofQuery = z.object({
  format: z.enum(['html', 'json'], { error: 'Give html or json.' }).optional(),
  lang: z.string().optional(),
});

/** What anyone may know of a letter without holding it. */
export interface PublicLetterState {
  /** As printed, in the language of the letter (BCP 47). */
  office: string;
  language: string;
  /** ISO 3166-1 alpha-2, EU, UN, or a region of UN M49. */
  country: string;
  /** Printed on it (ISO). */
  date: string;
  state: LetterProof['state'];
  /** ISO date and time since when it is in this state. */
  since: string;
}
