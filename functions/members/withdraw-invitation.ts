import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import { httpHandler, nothing } from '../../shared/http/http-handler.ts';
import { refuseStale } from '../../shared/http/refuse-stale.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { actorOf } from './actor.ts';
import { changeRoster } from './change-roster.ts';
import { withdrawInvitation } from './decide-invitation.ts';
import type { Invitation } from './invitation.ts';
import { etagOf } from './member-view.ts';
import { requireOrganisation } from './read.ts';

export const handler = httpHandler(async ({ path, query, headers, claims, now }) => {
  const { organisation = '', invitation: id = '' } = path;
  await requireOrganisation(organisation, claims, 'manageMembers', now);
  const { reason } = validate(ReasonQuery, query);
  const { by, actor } = await actorOf(claims, now);
  const requireSeen = (invitation: Invitation) => {
    const { role, language, invitedAt } = invitation;
    const stored = { role, language, invitedAt: new Date(invitedAt).toISOString() };
    refuseStale({ ifMatch: headers['if-match'], etag: etagOf(invitation), stored, sent: {} });
  };
  await changeRoster({
    ...{ organisation, by, reason, now },
    decide: (roster) => withdrawInvitation(roster, id, actor, requireSeen),
  });
  return nothing();
});
