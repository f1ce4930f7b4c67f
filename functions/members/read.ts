import type { Author } from '../../shared/audit/audit-schema.ts';
import { type CatalogueEvent, toEvent } from '../../shared/events/catalogue.ts';
import { keptFor } from '../../shared/kernel/kept-for.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { type Campaign, decideBy, readCampaign } from '../campaigns/read.ts';
import { Invitation, isOpen } from './invitation.ts';
import { invitationLink } from './invitation-link.ts';
import {
  type CampaignVerb,
  type Member,
  may,
  type NetworkVerb,
  type OrganisationVerb,
  type Permission,
  type Thing,
  type Verb,
} from './member.ts';
import { getInvitation, listMemberships } from './member-store.ts';

/** What other rooms may name: what is done to a campaign, and who is invited. */
export type { CampaignVerb, Invitation };

/** Claims of the verified ID token. */
type Claims = Record<string, unknown>;

/**
 * How old memberships may be when they grant, and when they refuse (milliseconds). A removal is felt within 30 s; the rest of
 * that is left to the index by which they are read.
 */
const longest = 25_000;
const shortest = 1_000;
const find = /* @__PURE__ */ keptFor(longest, listMemberships);

/**
 * The campaign, for a campaigner who may do this to it.
 * @throws Problem `not-found` to a stranger, as when there is no such campaign, so that nothing says what exists;
 * `forbidden` when the role is too low.
 */
export async function requireCampaign(
  slug: string,
  claims: Claims,
  verb: CampaignVerb,
  now: number,
): Promise<Campaign> {
  if (!slug) throw nothingHere();
  // In any case, and first: so a stranger waits as long for what is not there as for what is not theirs.
  const memberships = await readMemberships(claims, now);
  const decide = (by: Member[]) => decideCampaign(slug, by, verb, now);
  return decide(memberships).catch(async () => decide(await readMembershipsNow(claims, now)));
}

/** Partners come and go, so a refusal is decided on the campaign that is stored, too. */
async function decideCampaign(
  slug: string,
  memberships: Member[],
  verb: CampaignVerb,
  now: number,
): Promise<Campaign> {
  const { partOf } = await decideBy(slug, now, requireFound);
  const rootOwner = partOf ? (await readCampaign(partOf, now))?.owner : undefined;
  return decideBy(slug, now, (found) => {
    const campaign = requireFound(found);
    const { owner, partners } = campaign;
    refuseUnless(may(memberships, verb, { of: 'campaign', owner, partners, rootOwner }));
    return campaign;
  });
}

/** Goes on for a campaigner who may do this to an organisation or what it has. @throws Problem as `requireCampaign`. */
export async function requireOrganisation(
  slug: string,
  claims: Claims,
  verb: OrganisationVerb,
  now: number,
): Promise<void> {
  if (!slug) throw nothingHere();
  await requireGranted(claims, verb, { of: 'organisation', organisation: slug }, now);
}

/** Goes on for a campaigner who may do this to a thing of the whole network. @throws Problem as `requireCampaign`. */
export async function requireNetwork(claims: Claims, verb: NetworkVerb, now: number): Promise<void> {
  await requireGranted(claims, verb, { of: 'network' }, now);
}

/** Names a campaigner in logs, by the subject of the ID token: their issuer knows who that is, and it is no address. */
export function memberOf(claims: Claims): string {
  return String(claims['sub']);
}

/** Names a campaigner in the audit log, for people. Only after one of the functions above has let them go on. */
export function authorOf(claims: Claims): Author {
  return { subject: memberOf(claims), email: String(claims['email']).toLowerCase() };
}

/** Who is a member has an address in ASCII; in Unicode, those of two people can be one in lower case. */
const ascii = /^[\x21-\x7e]+$/;

/** The address that the issuer has verified, in lower case; undefined when it has not, or when it is none that members have. */
export function emailOf({ email, email_verified: verified }: Claims): string | undefined {
  const isVerified = typeof email === 'string' && String(verified) === 'true';
  return isVerified && ascii.test(email) ? email.toLowerCase() : undefined;
}

/** What the campaigner is a member of, as of the last 30 s. */
export function readMemberships(claims: Claims, now: number): Promise<Member[]> {
  return findMemberships(claims, now, longest);
}

/** The same as of the last seconds. */
export function readMembershipsNow(claims: Claims, now: number): Promise<Member[]> {
  return findMemberships(claims, now, shortest);
}

/** An invitation that can be accepted, for the mail about it; undefined when there is none any more in this version. */
export async function readInvitation(
  { organisation, invitation: id, version }: { organisation: string; invitation: string; version: number },
  now: number,
): Promise<Invitation | undefined> {
  const invitation = await getInvitation(organisation, id);
  return invitation?.version === version && isOpen(invitation, now) ? invitation : undefined;
}

/** The link by which it is accepted, for the mail alone. */
export function invitationLinkOf(invitation: Invitation): Promise<string> {
  return invitationLink(invitation);
}

/** The news in a change of an item of the Members table, for the outbox: that somebody is invited, or invited again. */
export function memberNews(before: unknown, after: unknown): CatalogueEvent[] {
  if (!isInvitation(after)) return [];
  const [old, now] = [before === undefined ? undefined : Invitation.parse(before), Invitation.parse(after)];
  if (now.state !== 'sent' || now.version === old?.version) return [];
  const { organisation, id, version, invitedAt } = now;
  const at = new Date(invitedAt).toISOString();
  const detail = {
    id: `members:${organisation}~${id}:${version}`,
    at,
    organisation,
    invitation: id,
    version,
  };
  return [toEvent('MemberInvited', detail)];
}

/** Members and the version of a roster lie in the same table. */
function isInvitation(item: unknown): boolean {
  return (item as { sk: string }).sk.startsWith('invitation#');
}

/** What was cached may grant, but never refuse: a refusal is decided again on what is stored, read at most once a second. */
async function requireGranted(claims: Claims, verb: Verb, thing: Thing, now: number): Promise<void> {
  if (may(await readMemberships(claims, now), verb, thing) === 'granted') return;
  refuseUnless(may(await readMembershipsNow(claims, now), verb, thing));
}

function refuseUnless(permission: Permission): void {
  if (permission === 'stranger') throw nothingHere();
  if (permission === 'role-too-low')
    throw new Problem('forbidden', 'Your role in the organisation does not allow this; ask its owner.');
}

async function findMemberships(claims: Claims, now: number, oldest: number): Promise<Member[]> {
  const email = emailOf(claims);
  return email ? find(email, now, oldest) : [];
}

function requireFound(campaign: Campaign | undefined): Campaign {
  if (!campaign) throw nothingHere();
  return campaign;
}

function nothingHere(): Problem {
  return new Problem('not-found', 'There is nothing here for you.');
}
