import { setting } from '../../shared/aws/env.ts';
import { loadKeys } from '../../shared/aws/keys.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { readToken, signToken, type TokenClaims } from '../../shared/kernel/token.ts';
import { fromActionId } from './action.ts';

const siteUrl = /* @__PURE__ */ setting('SITE_URL');

/** A manage link is good for as long as campaigns run; what it allows can be taken back and done again. */
const manageLifetime = 2 * 365 * 24 * 60 * 60 * 1_000;

/** What a mailed link says of an action. */
interface ActionLink extends Pick<TokenClaims, 'version' | 'expiresAt'> {
  /** Its id. */
  action: string;
  /** Slug of the campaign that is confirmed; of a link that manages, the root. */
  campaign: string;
}

/** Of a chapter, the link says which: its own times decide whether what was asked can still be confirmed. */
export async function confirmLink(
  action: string,
  campaign: string,
  version: number,
  expiresAt: number,
): Promise<string> {
  const subject = campaign === fromActionId(action).root ? action : `${action}~${campaign}`;
  return link('/confirm', { purpose: 'confirm', subject, version, expiresAt });
}

/** `since` is when what it manages was asked or confirmed: the same link is made again from the same facts. */
export async function manageLink(action: string, version: number, since: number): Promise<string> {
  return link('/manage', { purpose: 'manage', subject: action, version, expiresAt: since + manageLifetime });
}

export function siteLink(path: string): string {
  return `${siteUrl}${path}`;
}

/** @throws Problem `invalid-token` for a forged one, `link-expired` for an old one. */
export async function requireToken(
  token: string,
  purpose: 'confirm' | 'manage',
  now: number,
): Promise<ActionLink> {
  const reading = readToken(token, purpose, (await loadKeys()).tokens, now);
  if (reading.ok) {
    const { subject, version, expiresAt } = reading.claims;
    const [root = '', kind, hash, campaign = root] = subject.split('~');
    return { action: `${root}~${kind}~${hash}`, campaign, version, expiresAt };
  }
  if (reading.reason === 'expired') throw linkExpired();
  throw new Problem('invalid-token', 'This link is not one of ours: copy it from the mail as a whole.');
}

export function linkExpired(): Problem {
  return new Problem(
    'link-expired',
    'This link is no longer good: it has expired, or a newer one was mailed. Sign again to get a new one.',
  );
}

async function link(path: string, claims: TokenClaims): Promise<string> {
  const { tokens } = await loadKeys();
  return siteLink(`${path}?token=${encodeURIComponent(signToken(claims, tokens))}`);
}
