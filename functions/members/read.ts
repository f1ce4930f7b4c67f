import { Problem } from '../../shared/kernel/problem.ts';
import { type Campaign, decideBy } from '../campaigns/read.ts';
import { type Member, may, mayInNetwork, type NetworkVerb, type Permission, type Verb } from './member.ts';
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
  requireGranted(may(await membershipsOf(claims), verb, campaign.owner), 'its owner');
  return campaign;
}

/**
 * Goes on for a campaigner who may do this to a thing of the whole network.
 * @throws Problem `not-found` to a stranger to the network, `forbidden` when the role is too low in every organisation.
 */
export async function requireNetwork(claims: Claims, verb: NetworkVerb): Promise<void> {
  requireGranted(mayInNetwork(await membershipsOf(claims), verb), "the network's secretariat");
}

/** Names a campaigner in logs, by the subject of the ID token: their issuer knows who that is, and it is no address. */
export function memberOf(claims: Claims): string {
  return String(claims['sub']);
}

function requireFound(campaign: Campaign | undefined): Campaign {
  if (!campaign) throw nothingHere();
  return campaign;
}

async function membershipsOf({ email, email_verified: verified }: Claims): Promise<Member[]> {
  const isKnown = typeof email === 'string' && String(verified) === 'true';
  return isKnown ? listMemberships(email) : [];
}

function requireGranted(permission: Permission, whom: string): void {
  if (permission === 'stranger') throw nothingHere();
  if (permission === 'role-too-low')
    throw new Problem('forbidden', `Your role in the organisation does not allow this; ask ${whom}.`);
}

function nothingHere(): Problem {
  return new Problem('not-found', 'There is nothing here for you.');
}
