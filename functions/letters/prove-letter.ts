import type { Figures } from '../../shared/events/catalogue.ts';
import { isCountry } from '../../shared/kernel/jurisdiction.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import type { readPublicTally } from '../tallies/read.ts';
import type { Letter } from './letter.ts';
import type { LetterProof, ProvenCounts } from './letter-proof.ts';
import { type Public, publicStateOf } from './public-letter.ts';

/** The campaign in the reader's language, and that. */
type Reading = Pick<LetterProof, 'language' | 'campaign'>;

type PublicTally = Awaited<ReturnType<typeof readPublicTally>>;

/** What a letter claimed, and what is counted now. */
export function toProof(
  letter: Public<Letter>,
  { language, campaign }: Reading,
  tally: PublicTally,
): LetterProof {
  const { number, country, occasion, figures, named, text, pdf } = letter;
  return {
    number,
    language,
    campaign,
    organisations: named.organisations,
    office: { name: named.office, country },
    letterLanguage: text.language,
    date: utcDay(letter.requestedAt),
    occasion,
    state: publicStateOf(letter),
    stateSince: new Date(letter.changedAt).toISOString(),
    pdf: { sha256: pdf.sha256, bytes: pdf.bytes },
    claimed: { ...toCounts(figures, country), asOf: new Date(letter.requestedAt).toISOString() },
    now: { ...toCounts(toFigures(tally), country), asOf: tally.asOf },
  };
}

function toCounts({ signatures, byCountry, pledges }: Figures, country: string): ProvenCounts {
  return {
    signatures,
    signaturesHere: isCountry(country) ? (byCountry[country] ?? 0) : null,
    countries: Object.keys(byCountry).length,
    pledges,
  };
}

function toFigures({ signatures, pledges }: PublicTally): Figures {
  return {
    signatures: signatures.total,
    byCountry: signatures.byCountry as Figures['byCountry'],
    pledges: Object.entries(pledges.byCurrency).flatMap(([currency, sum]) =>
      sum ? [{ currency, count: sum.count, amount: sum.amount }] : [],
    ),
  };
}
