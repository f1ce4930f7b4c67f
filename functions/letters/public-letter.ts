import type { Letter } from './letter.ts';
import type { LetterProof } from './letter-proof.ts';

/** What tells whether a letter is public; a file, words and names are there once it is composed. */
type Told = Pick<Letter, 'state' | 'reason'> & { pdf?: unknown; text?: unknown; named?: unknown };

/** A letter that has gone out, or that somebody takes to its office. */
export type Public<L extends Told> = L & Required<Pick<L, 'pdf' | 'text' | 'named'>>;

type PublicState = LetterProof['state'];

const publicStates: readonly string[] = ['sending', 'sent', 'delivered', 'bounced', 'unknown'];

/** Whether anyone may know of it: others may never go out, and nobody can hold them. */
export function isPublic<L extends Told>(letter: L | undefined): letter is Public<L> {
  if (!letter?.pdf || !letter.text || !letter.named) return false;
  return publicStates.includes(letter.state) || isTakenThere(letter);
}

/** What became of a public letter, as anyone is told. */
export function publicStateOf(letter: Pick<Letter, 'state' | 'reason'>): PublicState {
  return isTakenThere(letter) ? 'not-by-email' : (letter.state as PublicState);
}

function isTakenThere({ state, reason }: Pick<Letter, 'state' | 'reason'>): boolean {
  return state === 'composed' && reason === 'not-by-email';
}
