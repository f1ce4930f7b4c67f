import { Problem } from '../../shared/kernel/problem.ts';
import type { Campaign } from '../campaigns/read.ts';
import type { Target } from '../targets/read.ts';
import { mailAddressOf, withoutMail } from './compose-letter.ts';
import type { Letter } from './letter.ts';
import type { Facts } from './move-letter.ts';
import { requireLetters } from './writing-campaign.ts';

/** What there is to know beside the letter. */
interface Standing {
  /** Its office as the registry has it now. */
  target: Target | undefined;
  /** As it is stored now. */
  campaign: Campaign | undefined;
  maySendTwice?: boolean | undefined;
}

/** What becomes of a letter. */
export interface Move {
  to: Letter['state'];
  facts?: Facts;
}

/**
 * What a campaigner can do with a letter. Each answers undefined where the letter is there already or further on, so
 * that a request whose answer was lost can be made again.
 * @throws Problem `conflict` that says what can be done instead.
 */
export const steps = { approve, retry, cancel, 'record-sent': recordSent } satisfies Record<string, Decide>;
export type Step = keyof typeof steps;
type Decide = (letter: Letter, standing: Standing) => Move | undefined;

/** These are mended by other words, another registry or other fonts: the letter is typeset anew. */
const ofContent = ['missing-glyph', 'invalid-content', 'not-typeset', 'no-text', 'no-address'];

function approve({ state, reason }: Letter, { target, campaign }: Standing): Move | undefined {
  if (state === 'requested')
    throw conflict('It is not composed yet. Read it when it is, and approve it then.');
  if (state === 'failed') throw conflict(`It has failed (${reason}): mend that, then POST …/retry.`);
  if (state === 'cancelled') throw cancelled();
  if (state !== 'composed') return undefined;
  requireLetters(campaign);
  if (!target) throw conflict('The registry does not have its office.');
  if (mailAddressOf(target)) return { to: 'approved' };
  const { to, ...why } = withoutMail(target);
  if (to === 'failed')
    throw conflict(
      'The registry has no e-mail address of use for its office (no-address): correct it there, or how it takes letters, and approve again.',
    );
  return reason === why.reason ? undefined : { to, facts: why };
}

function retry({ state, reason = '', pdf }: Letter, { campaign, maySendTwice }: Standing): Move | undefined {
  if (state === 'cancelled') throw cancelled();
  if (state !== 'failed' && state !== 'bounced' && state !== 'unknown') return undefined;
  const { approval } = requireLetters(campaign);
  if (state === 'unknown' && !maySendTwice)
    throw conflict(
      'The mail service may have taken it: ask the office, or search for its number there. It arrived: POST …/record-sent. It did not: retry with "maySendTwice": true.',
    );
  const isAnew = !pdf || (state === 'failed' && ofContent.includes(reason));
  if (isAnew) return { to: 'requested', facts: { text: undefined, named: undefined, pdf: undefined } };
  return { to: approval ? 'composed' : 'approved' };
}

function cancel({ state }: Letter): Move | undefined {
  if (state === 'cancelled') return undefined;
  if (state === 'sending') throw conflict('It is being sent just now. Look again in a minute.');
  if (state === 'sent' || state === 'delivered') throw conflict('It has been sent.');
  return { to: 'cancelled' };
}

function recordSent({ state, reason }: Letter): Move | undefined {
  if (state === 'sent' || state === 'delivered') return undefined;
  if (state === 'unknown') return { to: 'sent' };
  if (state === 'composed' && reason === 'not-by-email') return { to: 'sent' };
  if (state === 'composed')
    throw conflict(
      'It is not approved: POST …/approve sends it, or says that it is to be brought (not-by-email).',
    );
  if (state === 'cancelled') throw cancelled();
  throw conflict(
    `It is ${state}. Only what a person has brought, or what may have arrived (unknown), is recorded as sent.`,
  );
}

function cancelled(): Problem {
  return conflict('It is cancelled, and stays so. The next milestone writes to its office again.');
}

function conflict(detail: string): Problem {
  return new Problem('conflict', detail);
}
