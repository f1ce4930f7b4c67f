import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { readInvitation } from '../members/read.ts';
import type { AskedMail } from './send-once.ts';
import { writeInvitation } from './write-invitation.ts';

/** The mail about an invitation; undefined when it needs none any more. */
export async function findInvitation(
  detail: CatalogueEvent<'MemberInvited'>['detail'],
  now: number,
): Promise<AskedMail | undefined> {
  const invitation = await readInvitation(detail, now);
  // A newer one has its own mail; what was accepted, withdrawn or is over needs none.
  if (!invitation) return undefined;
  const { invitedEmail: to, organisation: invitedBy } = invitation;
  return { event: detail.id, to, invitedBy, write: () => writeInvitation(invitation) };
}
