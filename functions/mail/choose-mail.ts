import { isDeepStrictEqual } from 'node:util';
import type { Action, Details } from '../actions/read.ts';

/** What helps somebody who asked: confirm, confirm a change, or hear that nothing is left to do. */
export function choosePurpose({
  state,
  current,
  asked,
}: Action): 'confirm' | 'confirm-change' | 'already-confirmed' {
  if (state !== 'confirmed' || !current || !asked) return 'confirm';
  return saysTheSame(current, asked) ? 'already-confirmed' : 'confirm-change';
}

/** Spelling of the address, language and source apart: what led here again did not lead here first. */
function saysTheSame(current: Details, asked: Details): boolean {
  return isDeepStrictEqual(comparable(current), comparable(asked));
}

function comparable(details: Details & { expiresAt?: number }) {
  const {
    email: _email,
    language: _language,
    source: _source,
    expiresAt: _expiresAt,
    consents,
    pledge,
    ...said
  } = details;
  const granted = consents.filter((consent) => consent.granted).map(({ id, version }) => `${id}@${version}`);
  // That a campaigner has verified it is nothing that the supporter says.
  return { ...said, granted: granted.sort(), pledge: pledge && { ...pledge, toVerify: undefined } };
}
