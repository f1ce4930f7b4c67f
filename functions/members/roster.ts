import type { Entry } from '../../shared/audit/entry.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import type { Invitation } from './invitation.ts';
import { isAtLeast, type Member, type Membership, type Role } from './member.ts';

/** All who belong to an organisation or are invited, as they are at one moment: whatever changes raises the version. */
export interface Roster {
  organisation: string;
  /** 0 when nobody has changed it yet. */
  version: number;
  members: Member[];
  invitations: Invitation[];
}

/** What becomes of a roster, written as a whole or not at all, with its entry in the log. */
export interface RosterChange {
  /** As they are from now on. */
  member?: Member;
  invitation?: Invitation;
  /** Who is no member any more. */
  removed?: Member;
  entry: Pick<Entry, 'verb' | 'changes'>;
}

/** What is answered, and what is written for it; nothing where all is so already. */
export interface Decision<T> {
  answer: T;
  change?: RosterChange;
}

/** Who changes something: their verified address, and all that they are a member of. */
export interface Actor {
  email: string;
  memberships: Membership[];
}

/**
 * The role by which somebody acts in the organisation: by the roster itself, which knows who was removed a moment ago; the
 * network's secretariat acts everywhere.
 */
function roleIn({ organisation, members }: Roster, actor: Actor): Role | undefined {
  const isOfSecretariat = actor.memberships.some(
    (membership) => membership.role === 'secretariat' && membership.organisation !== organisation,
  );
  return isOfSecretariat ? 'secretariat' : members.find(({ email }) => email === actor.email)?.role;
}

/**
 * The role of somebody who manages the members.
 * @throws Problem `not-found` for a stranger, `forbidden` when the role is too low.
 */
export function requireManager(roster: Roster, actor: Actor): Role {
  const role = roleIn(roster, actor);
  if (!role) throw new Problem('not-found', 'There is nothing here for you.');
  if (isAtLeast(role, 'owner')) return role;
  throw new Problem('forbidden', 'Only owners of the organisation may do this; ask one of them.');
}

/**
 * Nobody gives or takes a role above their own, and the secretariat stays in its one organisation.
 * @throws Problem `forbidden`, or `conflict` for a secretariat elsewhere.
 */
export function requireMayGive(roster: Roster, given: Role, giver: Role): void {
  if (!isAtLeast(giver, given))
    throw new Problem('forbidden', `Only a member of the secretariat may give or take the role ${given}.`);
  if (given === 'secretariat' && !hasSecretariat(roster.members))
    throw new Problem(
      'conflict',
      'This organisation is not the secretariat of the network; give a role up to owner.',
    );
}

/**
 * Somebody is left who can bring others in: an owner; in the secretariat's organisation, a member of the secretariat.
 * @throws Problem `conflict` when nobody would be.
 */
export function requireKept(before: Member[], after: Member[]): void {
  const keeper = hasSecretariat(before) ? 'secretariat' : 'owner';
  const has = (members: Member[]) => members.some(({ role }) => role === keeper);
  if (!has(before) || has(after)) return;
  throw new Problem(
    'conflict',
    `An organisation keeps at least one member with the role ${keeper}: give it to somebody else first.`,
  );
}

function hasSecretariat(members: Member[]): boolean {
  return members.some(({ role }) => role === 'secretariat');
}
