import { Problem } from '../../shared/kernel/problem.ts';
import { type Invitation, isOpen } from './invitation.ts';
import { invitationOver, type MailedInvitation } from './invitation-link.ts';
import type { Member } from './member.ts';
import { logged, loggedInvitation } from './member-log.ts';
import { type Actor, type Decision, type Roster, requireManager, requireMayGive } from './roster.ts';

/**
 * Makes whoever signs in with the invited address a member. `id` is the new member's.
 * @param email as the issuer has verified it, in lower case
 * @param inviter who sent it: nobody leaves a way back for themselves
 * @throws Problem `link-expired` when it is over, withdrawn or used, or its inviter may invite no more; `forbidden` for
 * another address; `conflict` for who is a member already.
 */
export function acceptInvitation(
  roster: Roster,
  mailed: MailedInvitation,
  email: string | undefined,
  inviter: Actor,
  { id, now }: { id: string; now: number },
): Decision<Member> {
  const invitation = requireOpen(roster, mailed, now);
  if (email !== invitation.invitedEmail)
    throw new Problem('forbidden', 'Sign in with the address that the invitation was sent to.');
  requireBacked(roster, invitation, inviter);
  if (roster.members.some((each) => each.email === email))
    throw new Problem('conflict', 'You are a member of this organisation already.');
  const { organisation, role } = invitation;
  const since = new Date(now).toISOString();
  const member: Member = { id, organisation, email, role, since, version: 1 };
  const accepted: Invitation = { ...invitation, state: 'accepted', version: invitation.version + 1 };
  const changes = {
    member: { after: logged(member) },
    invitation: { before: loggedInvitation(invitation), after: loggedInvitation(accepted) },
  };
  const entry = { verb: 'acceptInvitation', changes };
  return { answer: member, change: { member, invitation: accepted, entry } };
}

function requireOpen({ invitations }: Roster, { id, version }: MailedInvitation, now: number): Invitation {
  const invitation = invitations.find((each) => each.id === id && each.version === version);
  if (!invitation || !isOpen(invitation, now)) throw invitationOver();
  return invitation;
}

/** That whoever invited may still do so. What stands against it is their matter, and not told. */
function requireBacked(roster: Roster, { role }: Invitation, inviter: Actor): void {
  try {
    requireMayGive(roster, role, requireManager(roster, inviter));
  } catch (error) {
    throw error instanceof Problem ? invitationOver() : error;
  }
}
