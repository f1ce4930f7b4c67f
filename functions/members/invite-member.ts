import { createOnce } from '../../shared/audit/idempotency.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { isOrganisation } from '../network/read.ts';
import { actorOf } from './actor.ts';
import { changeRoster } from './change-roster.ts';
import { inviteMember } from './decide-invitation.ts';
import type { Invitation } from './invitation.ts';
import { InvitationRequest } from './member-request.ts';
import { etagOf, toInvitationView } from './member-view.ts';
import { newId } from './new-id.ts';
import { requireOrganisation } from './read.ts';
import type { Actor } from './roster.ts';

export const handler = httpHandler(async (request) => {
  const { path, body, claims, now } = request;
  const organisation = path['organisation'] ?? '';
  await requireOrganisation(organisation, claims, 'manageMembers', now);
  const invited = validate(InvitationRequest, body);
  const { by, actor } = await actorOf(claims, now);
  await requireThere(organisation, actor);
  const toAnswer = (invitation: Invitation) =>
    json(201, toInvitationView(invitation, now), { etag: etagOf(invitation) });
  return createOnce(request, async (remember) => {
    const invitation = await changeRoster({
      ...{ organisation, by, reason: invited.reason, now },
      decide: (roster) => inviteMember(roster, invited, actor, { id: newId(), now }),
      others: (made) => remember(toAnswer(made)),
    });
    return toAnswer(invitation);
  });
});

/** The secretariat invites the first member of each organisation, and must not make one up by a slip of the pen. */
async function requireThere(organisation: string, { memberships }: Actor): Promise<void> {
  if (memberships.some((membership) => membership.organisation === organisation)) return;
  if (!(await isOrganisation(organisation)))
    throw new Problem('not-found', 'The network has no such organisation; add it first.');
}
