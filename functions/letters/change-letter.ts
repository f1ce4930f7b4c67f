import type { Audited } from '../../shared/audit/entry.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { fitsIfMatch } from '../../shared/http/if-match.ts';
import { changedSince } from '../../shared/http/refuse-stale.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { type Letter, toLetterId } from './letter.ts';
import { getLetter, type LetterKey } from './letter-store.ts';
import { moveWithEntry } from './move-letter.ts';
import type { Move } from './run-letter.ts';

interface Author {
  /** Makes the entry of the log. */
  audited: Audited;
  /** The header If-Match, if it was sent. */
  ifMatch?: string | undefined;
  now: number;
}

/** RFC 9110, 8.8.3: names a state of a letter for If-Match. */
export function etagOfLetter({ version }: Pick<Letter, 'version'>): string {
  return `"${version}"`;
}

/**
 * Moves a letter on as `decide` says, with its entry in the log; where it says nothing, nothing is written. Of two who do
 * so at once, also of a person and the sender, the second decides on what the first has made of it.
 * @throws Problem `precondition-failed` when it is not the one that was seen.
 */
export function changeLetter(
  key: LetterKey,
  { audited, ifMatch, now }: Author,
  decide: (stored: Letter) => Promise<Move | undefined>,
): Promise<Letter> {
  return untilSaved(async () => {
    const stored = await getLetter(key);
    if (!stored) throw new Error(`There is no letter ${toLetterId(key)}`);
    const isSeen = fitsIfMatch(ifMatch, etagOfLetter(stored));
    const move = await decide(stored).catch((refusal: unknown) => {
      throw isSeen ? refusal : movedOn(stored);
    });
    if (!move) return stored;
    if (!isSeen) throw movedOn(stored);
    const { to, facts = {} } = move;
    const reason = undefined;
    const next = { ...stored, reason, ...facts, state: to, changedAt: now, version: stored.version + 1 };
    const entry = audited(toLogged(stored), toLogged(next));
    return (await moveWithEntry(stored, to, now, facts, entry)) ? next : undefined;
  }, 'This letter is changing at the moment; try again.');
}

/** Which letter it is, and what became of it: its office is no person. */
function toLogged({ number, target, state, reason, ...key }: Letter): object {
  return { letter: { id: toLetterId(key), number, target, state, ...(reason && { reason }) } };
}

function movedOn(stored: Letter): Problem {
  const detail = `This letter has changed since you read it; it is at ${etagOfLetter(stored)} now. Read it again, and send its ETag in If-Match.`;
  return new Problem('precondition-failed', detail, { errors: [changedSince('state', stored.state)] });
}
