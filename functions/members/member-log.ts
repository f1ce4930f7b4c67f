import type { Invitation } from './invitation.ts';
import type { Member } from './member.ts';

/** What the log tells of a member. */
export function logged({ id, email, role }: Member) {
  return { id, email, role };
}

/** What it tells of an invitation. */
export function loggedInvitation({ id, invitedEmail, role, state, expiresAt }: Invitation) {
  return { id, email: invitedEmail, role, state, expiresAt: new Date(expiresAt).toISOString() };
}
