import { Problem } from '../../shared/kernel/problem.ts';
import type { Member } from './member.ts';
import { logged } from './member-log.ts';
import type { Decision, Roster } from './roster.ts';

/** The organisation that looks after the network. */
export const secretariat = 'secretariat';

/**
 * Makes the first member of the secretariat, who then brings in all others. `id` is for who is no member of it yet.
 * @param email in lower case
 * @throws Problem `conflict` when there is one: from then on people invite each other.
 */
export function makeFirstAdmin(
  roster: Roster,
  email: string,
  { id, now }: { id: string; now: number },
): Decision<Member> {
  if (roster.members.some(({ role }) => role === 'secretariat'))
    throw new Problem(
      'conflict',
      'The secretariat has a member already: ask them to invite you. Nothing was changed.',
    );
  const before = roster.members.find((each) => each.email === email);
  const member: Member = {
    ...(before ?? { id, organisation: secretariat, email, since: new Date(now).toISOString() }),
    role: 'secretariat',
    version: (before?.version ?? 0) + 1,
  };
  const changes = { member: { ...(before && { before: logged(before) }), after: logged(member) } };
  return { answer: member, change: { member, entry: { verb: 'makeFirstAdmin', changes } } };
}
