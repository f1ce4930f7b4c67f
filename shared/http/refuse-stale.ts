import { isDeepStrictEqual } from 'node:util';
import { type FieldError, Problem } from '../kernel/problem.ts';
import { fitsIfMatch } from './if-match.ts';

interface Stale {
  ifMatch: string | undefined;
  /** Of what is there now; undefined when nothing is. */
  etag: string | undefined;
  /** What is there now, and what was sent to stand in its place. */
  stored: object;
  sent: object;
}

/**
 * Refuses a change of what has been changed since its author read it, and says how: each field in which what is there
 * now differs from what was sent, with what it is there.
 * @throws Problem `precondition-failed`
 */
export function refuseStale({ ifMatch, etag, stored, sent }: Stale): void {
  if (ifMatch === undefined || (etag !== undefined && fitsIfMatch(ifMatch, etag))) return;
  throw changedMeanwhile(stored, sent);
}

/** What such an author is told. */
export function changedMeanwhile(stored: object, sent: object): Problem {
  const detail =
    'Somebody has changed this since you read it; errors names where it differs from what you sent. Read it again, and send your changes with its ETag in If-Match.';
  return new Problem('precondition-failed', detail, { errors: differences(stored, sent) });
}

/** A longer value would make a long answer. */
const mostCharacters = 300;

function differences(stored: object, sent: object): FieldError[] {
  const [now, then] = [stored, sent] as Record<string, unknown>[];
  const names = Object.keys({ ...now, ...then });
  return names
    .filter((name) => !isDeepStrictEqual(now?.[name], then?.[name]))
    .map((name) => changedSince(name, now?.[name]));
}

/** What is told of a field that somebody else has changed: what it is now. */
export function changedSince(name: string, value: unknown): FieldError {
  return { pointer: `/${name}`, code: 'changed-since', message: toMessage(value) };
}

function toMessage(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) return 'It is not there now.';
  return `It is now: ${text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text}`;
}
