import { Problem } from '../../shared/kernel/problem.ts';
import type { Member } from './member.ts';
import { logged } from './member-log.ts';
import {
  type Actor,
  type Decision,
  type Roster,
  requireKept,
  requireManager,
  requireMayGive,
} from './roster.ts';

/** Throws when the author has seen the member otherwise. */
type RequireSeen = (member: Member) => void;

/** Gives a member another role. @throws Problem for whatever stands against it. */
export function changeRole(
  roster: Roster,
  { id, role }: Pick<Member, 'id' | 'role'>,
  actor: Actor,
  requireSeen: RequireSeen,
): Decision<Member> {
  const giver = requireManager(roster, actor);
  const member = requireMember(roster, id);
  requireSeen(member);
  if (member.role === role) return { answer: member };
  for (const each of [member.role, role]) requireMayGive(roster, each, giver);
  const changed = { ...member, role, version: member.version + 1 };
  requireKept(roster.members, [...without(roster, id), changed]);
  const changes = { member: { before: logged(member), after: logged(changed) } };
  return { answer: changed, change: { member: changed, entry: { verb: 'manageMembers', changes } } };
}

/** Removes a member. Whoever manages members removes others; everybody may leave. @throws Problem as `changeRole`. */
export function removeMember(
  roster: Roster,
  id: string,
  actor: Actor,
  requireSeen: RequireSeen,
): Decision<true> {
  const isOwn = roster.members.some((member) => member.id === id && member.email === actor.email);
  const taker = isOwn ? undefined : requireManager(roster, actor);
  const member = requireMember(roster, id);
  requireSeen(member);
  if (taker) requireMayGive(roster, member.role, taker);
  requireKept(roster.members, without(roster, id));
  const verb = isOwn ? 'leaveOrganisation' : 'manageMembers';
  const entry = { verb, changes: { member: { before: logged(member) } } };
  return { answer: true, change: { removed: member, entry } };
}

function without({ members }: Roster, id: string): Member[] {
  return members.filter((member) => member.id !== id);
}

function requireMember({ members }: Roster, id: string): Member {
  const member = members.find((each) => each.id === id);
  if (member) return member;
  throw new Problem('not-found', 'The organisation has no such member.');
}
