import { Problem } from '../../shared/kernel/problem.ts';
import { type Invitation, invitationLifetime, isOpen } from './invitation.ts';
import { loggedInvitation } from './member-log.ts';
import type { InvitationRequest } from './member-request.ts';
import { type Actor, type Decision, type Roster, requireManager, requireMayGive } from './roster.ts';

/** The most people that an organisation may invite within 24 hours: each gets a mail with its name on it. */
const perDay = 20;
const day = 24 * 60 * 60 * 1_000;
/** Asking again sooner sends nothing: a button that is pressed twice. */
const interval = 60_000;

/**
 * Invites somebody, or again whoever is invited: then the link that was mailed before is over. `id` is for a new one.
 * @throws Problem for whatever stands against it.
 */
export function inviteMember(
  roster: Roster,
  { email, role, language }: InvitationRequest,
  actor: Actor,
  { id, now }: { id: string; now: number },
): Decision<Invitation> {
  const giver = requireManager(roster, actor);
  requireMayGive(roster, role, giver);
  if (roster.members.some((member) => member.email === email))
    throw new Problem('conflict', 'This address is a member already; change their role instead.');
  const open = roster.invitations.find((each) => each.invitedEmail === email && isOpen(each, now));
  if (open && isSame(open, role, language) && open.invitedAt > now - interval) return { answer: open };
  if (open) requireMayGive(roster, open.role, giver);
  else requireFewer(roster, now);
  const invitation: Invitation = {
    id: open?.id ?? id,
    organisation: roster.organisation,
    ...{ invitedEmail: email, role, language, by: actor.email, state: 'sent' },
    ...{ invitedAt: now, expiresAt: now + invitationLifetime },
    version: open ? open.version + 1 : now,
  };
  return decided(open, invitation);
}

/**
 * Takes back an invitation that nobody has accepted. Again changes nothing. @throws Problem as above.
 * @param requireSeen throws when the author has seen the invitation otherwise.
 */
export function withdrawInvitation(
  roster: Roster,
  id: string,
  actor: Actor,
  requireSeen: (invitation: Invitation) => void,
): Decision<Invitation> {
  const taker = requireManager(roster, actor);
  const invitation = roster.invitations.find((each) => each.id === id);
  if (!invitation) throw new Problem('not-found', 'The organisation has no such invitation.');
  if (invitation.state === 'withdrawn') return { answer: invitation };
  if (invitation.state === 'accepted')
    throw new Problem('conflict', 'It was accepted already; remove the member instead.');
  requireSeen(invitation);
  requireMayGive(roster, invitation.role, taker);
  return decided(invitation, { ...invitation, state: 'withdrawn', version: invitation.version + 1 });
}

function decided(before: Invitation | undefined, after: Invitation): Decision<Invitation> {
  const invitation = {
    ...(before && { before: loggedInvitation(before) }),
    after: loggedInvitation(after),
  };
  const entry = { verb: 'manageMembers', changes: { invitation } };
  return { answer: after, change: { invitation: after, entry } };
}

function isSame(open: Invitation, role: string, language: string): boolean {
  return open.role === role && open.language === language;
}

function requireFewer({ invitations }: Roster, now: number): void {
  if (invitations.filter(({ invitedAt }) => invitedAt > now - day).length < perDay) return;
  throw new Problem(
    'conflict',
    `The organisation has invited ${perDay} people within 24 hours; go on tomorrow.`,
  );
}
