import { setting } from '../../shared/aws/env.ts';
import { loadKeys } from '../../shared/aws/keys.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { readToken, signToken } from '../../shared/kernel/token.ts';
import type { Invitation } from './invitation.ts';

const siteUrl = /* @__PURE__ */ setting('SITE_URL');

/** Which invitation a link was mailed for. */
export type MailedInvitation = Pick<Invitation, 'organisation' | 'id' | 'version'>;

export async function invitationLink({ organisation, id, version, expiresAt }: Invitation): Promise<string> {
  const { tokens } = await loadKeys();
  const token = signToken(
    { purpose: 'invite', subject: `${organisation}~${id}`, version, expiresAt },
    tokens,
  );
  return `${siteUrl}/invitation?token=${encodeURIComponent(token)}`;
}

/** @throws Problem `invalid-token` for a forged one, `link-expired` for an old one. */
export async function requireInvitationToken(token: string, now: number): Promise<MailedInvitation> {
  const reading = readToken(token, 'invite', (await loadKeys()).tokens, now);
  if (reading.ok) {
    const [organisation = '', id = ''] = reading.claims.subject.split('~');
    return { organisation, id, version: reading.claims.version };
  }
  if (reading.reason === 'expired') throw invitationOver();
  throw new Problem('invalid-token', 'This link is not one of ours: copy it from the mail as a whole.');
}

export function invitationOver(): Problem {
  return new Problem(
    'link-expired',
    'This invitation is no longer good: it has expired, was used or withdrawn, or a newer one was mailed. Ask for a new one.',
  );
}
