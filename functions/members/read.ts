import { Problem } from '../../shared/kernel/problem.ts';
import { type Campaign, decideBy } from '../campaigns/read.ts';
import { may, type Verb } from './member.ts';
import { listMemberships } from './member-store.ts';

/** Claims of the verified ID token. */
type Claims = Record<string, unknown>;

/**
 * The campaign, for a campaigner who may do this to a thing of its organisation.
 * @throws Problem `not-found` to a stranger, as when there is no such campaign, so that nothing says what exists;
 * `forbidden` when the role is too low.
 */
export async function requireCampaign(
  slug: string,
  claims: Claims,
  verb: Verb,
  now: number,
): Promise<Campaign> {
  if (!slug) throw nothingHere();
  const campaign = await decideBy(slug, now, requireFound);
  await requirePermission(claims, verb, campaign.owner);
  return campaign;
}

/** Names a campaigner in logs, by the subject of the ID token: their issuer knows who that is, and it is no address. */
export function memberOf(claims: Claims): string {
  return String(claims['sub']);
}

function requireFound(campaign: Campaign | undefined): Campaign {
  if (!campaign) throw nothingHere();
  return campaign;
}

async function requirePermission(claims: Claims, verb: Verb, organisation: string): Promise<void> {
  const { email, email_verified: verified } = claims;
  const isKnown = typeof email === 'string' && String(verified) === 'true';
  const permission = may(isKnown ? await listMemberships(email) : [], verb, organisation);
  if (permission === 'stranger') throw nothingHere();
  if (permission === 'role-too-low')
    throw new Problem('forbidden', 'Your role in the organisation does not allow this; ask its owner.');
}

function nothingHere(): Problem {
  return new Problem('not-found', 'There is nothing here for you.');
}
