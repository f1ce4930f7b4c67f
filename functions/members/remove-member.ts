import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import { httpHandler, nothing } from '../../shared/http/http-handler.ts';
import { refuseStale } from '../../shared/http/refuse-stale.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { actorOf } from './actor.ts';
import { removeMember } from './change-member.ts';
import { changeRoster } from './change-roster.ts';
import type { Member } from './member.ts';
import { etagOf } from './member-view.ts';
import { requireOrganisation } from './read.ts';

/** Every member may leave; who may remove others is decided with the roster. */
export const handler = httpHandler(async ({ path, query, headers, claims, now }) => {
  const { organisation = '', member: id = '' } = path;
  await requireOrganisation(organisation, claims, 'readMembers', now);
  const { reason } = validate(ReasonQuery, query);
  const { by, actor } = await actorOf(claims, now);
  const requireSeen = (member: Member) =>
    refuseStale({
      ...{ ifMatch: headers['if-match'], etag: etagOf(member) },
      ...{ stored: { role: member.role }, sent: {} },
    });
  await changeRoster({
    ...{ organisation, by, reason, now },
    decide: (roster) => removeMember(roster, id, actor, requireSeen),
  });
  return nothing();
});
