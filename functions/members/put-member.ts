import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { refuseStale } from '../../shared/http/refuse-stale.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { actorOf } from './actor.ts';
import { changeRole } from './change-member.ts';
import { changeRoster } from './change-roster.ts';
import type { Member } from './member.ts';
import { RoleRequest } from './member-request.ts';
import { etagOf, toMemberView } from './member-view.ts';
import { requireOrganisation } from './read.ts';

export const handler = httpHandler(async ({ path, headers, body, claims, now }) => {
  const { organisation = '', member: id = '' } = path;
  await requireOrganisation(organisation, claims, 'manageMembers', now);
  const { role, reason } = validate(RoleRequest, body);
  const { by, actor } = await actorOf(claims, now);
  const requireSeen = (member: Member) =>
    refuseStale({
      ...{ ifMatch: headers['if-match'], etag: etagOf(member) },
      ...{ stored: { role: member.role }, sent: { role } },
    });
  const member = await changeRoster({
    ...{ organisation, by, reason, now },
    decide: (roster) => changeRole(roster, { id, role }, actor, requireSeen),
  });
  return json(200, toMemberView(member), { etag: etagOf(member) });
});
