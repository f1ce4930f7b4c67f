import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { readOrganisationName } from '../network/read.ts';
import { acceptInvitation } from './accept-invitation.ts';
import { changeRoster } from './change-roster.ts';
import type { Invitation } from './invitation.ts';
import { invitationOver, requireInvitationToken } from './invitation-link.ts';
import { AcceptRequest } from './member-request.ts';
import { getInvitation, listMemberships } from './member-store.ts';
import type { AcceptedAnswer } from './member-view.ts';
import { newId } from './new-id.ts';
import { authorOf, emailOf } from './read.ts';
import type { Actor } from './roster.ts';

/** The link shows that the mail was read, the ID token whose address that is: only both together make a member. */
export const handler = httpHandler(async ({ body, claims, now }) => {
  const { token } = validate(AcceptRequest, body);
  const mailed = await requireInvitationToken(token, now);
  const { organisation } = mailed;
  const inviter = await inviterOf(await getInvitation(organisation, mailed.id));
  const { role } = await changeRoster({
    ...{ organisation, by: authorOf(claims), now },
    decide: (roster) => acceptInvitation(roster, mailed, emailOf(claims), inviter, { id: newId(), now }),
  });
  const name = await readOrganisationName(organisation);
  return json(200, { organisation, name, role } satisfies AcceptedAnswer);
});

async function inviterOf(invitation: Invitation | undefined): Promise<Actor> {
  if (!invitation) throw invitationOver();
  return { email: invitation.by, memberships: await listMemberships(invitation.by) };
}
