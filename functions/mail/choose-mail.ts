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

/** Spelling of the address and language apart, which are not what is counted or shown. */
function saysTheSame(current: Details, asked: Details): boolean {
  return comparable(current) === comparable(asked);
}

function comparable({
  campaign,
  givenName,
  familyName,
  country,
  postalCode,
  display,
  consents,
  partner,
  pledge,
}: Details): string {
  const granted = consents.filter((consent) => consent.granted).map(({ id, version }) => `${id}@${version}`);
  const said = {
    campaign,
    givenName,
    familyName,
    country,
    postalCode,
    display,
    granted: granted.sort(),
    partner,
  };
  return JSON.stringify({
    ...said,
    pledge: pledge && [
      pledge.amount,
      pledge.currency,
      pledge.interval,
      pledge.pledger.type,
      pledge.pledger.name,
      pledge.note,
    ],
  });
}
