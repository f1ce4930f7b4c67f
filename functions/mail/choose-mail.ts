import { isDeepStrictEqual } from 'node:util';
import type { Action, Details } from '../actions/read.ts';

/**
 * What helps somebody who asked: confirm, confirm a change, or hear that nothing is left to do.
 * @param said what stands confirmed in the campaign that is asked for; undefined when that was not signed before
 */
export function choosePurpose(
  { state, current, asked }: Action,
  said: Details | undefined,
): 'confirm' | 'confirm-change' | 'already-confirmed' {
  if (state !== 'confirmed' || !current || !asked) return 'confirm';
  // A signature joins another campaign of the same root; a pledge takes the place of the one before.
  if (!said) return asked.pledge ? 'confirm-change' : 'confirm';
  return saysTheSame(said, asked) ? 'already-confirmed' : 'confirm-change';
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
    partner,
    pledge,
    endorser,
    ...said
  } = details;
  const granted = consents.filter((consent) => consent.granted).map(({ id, version }) => `${id}@${version}`);
  // That a campaigner has verified it is nothing that the supporter says.
  const unverified = { toVerify: undefined, verifiedAt: undefined };
  return {
    ...said,
    partner,
    granted: granted.sort(),
    pledge: pledge && { ...pledge, ...unverified },
    endorser: endorser && { ...endorser, ...unverified },
  };
}
