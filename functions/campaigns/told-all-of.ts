import type { readMembershipsNow } from '../members/read.ts';
import type { Campaign } from './campaign.ts';

type Memberships = Awaited<ReturnType<typeof readMembershipsNow>>;

/** Of which organisations somebody is told all: of every one who invites them, or is the secretariat; else of their own. */
export function toldAllOf(
  { owner }: Pick<Campaign, 'owner'>,
  memberships: Memberships,
): (organisation: string) => boolean {
  const own = new Set(memberships.map(({ organisation }) => organisation));
  const isInviting = own.has(owner) || memberships.some(({ role }) => role === 'secretariat');
  return (organisation) => isInviting || own.has(organisation);
}
