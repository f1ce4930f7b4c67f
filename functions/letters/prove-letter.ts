import type { Figures } from '../../shared/events/catalogue.ts';
import { isCountry } from '../../shared/kernel/jurisdiction.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import type { readPublicTally } from '../tallies/read.ts';
import type { Letter } from './letter.ts';
import type { LetterProof, ProvenCounts } from './letter-proof.ts';

/** A letter that has gone out, or that somebody takes to its office. */
export type PublicLetter = Letter & Required<Pick<Letter, 'pdf' | 'text' | 'named'>>;

const publicStates: readonly string[] = ['sending', 'sent', 'delivered', 'bounced', 'unknown'];

/** Whether anyone may check it: others may never go out, and nobody can hold them. */
export function isPublic(letter: Letter | undefined): letter is PublicLetter {
  if (!letter?.pdf || !letter.text || !letter.named) return false;
  return publicStates.includes(letter.state) || isTakenThere(letter);
}

/** The campaign in the reader's language, and that. */
type Reading = Pick<LetterProof, 'language' | 'campaign'>;

type PublicTally = Awaited<ReturnType<typeof readPublicTally>>;

/** What a letter claimed, and what is counted now. */
export function toProof(
  letter: PublicLetter,
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
    state: isTakenThere(letter) ? 'not-by-email' : (letter.state as LetterProof['state']),
    stateSince: new Date(letter.changedAt).toISOString(),
    pdf: { sha256: pdf.sha256, bytes: pdf.bytes },
    claimed: { ...toCounts(figures, country), asOf: new Date(letter.requestedAt).toISOString() },
    now: { ...toCounts(toFigures(tally), country), asOf: tally.asOf },
  };
}

function isTakenThere({ state, reason }: Letter): boolean {
  return state === 'composed' && reason === 'not-by-email';
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
