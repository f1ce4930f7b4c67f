import { type Invitation, invitationLinkOf } from '../members/read.ts';
import { readOrganisationName } from '../network/read.ts';
import { composeInvitation } from './compose-invitation.ts';
import type { WrittenMail } from './write-mail.ts';

/** The mail about an invitation that can be accepted. */
export async function writeInvitation(invitation: Invitation): Promise<WrittenMail> {
  const { language, role, invitedEmail, expiresAt } = invitation;
  const [organisation, url] = await Promise.all([
    readOrganisationName(invitation.organisation),
    invitationLinkOf(invitation),
  ]);
  const mail = composeInvitation({ language, organisation, role, url, linkExpiresAt: new Date(expiresAt) });
  return { ...mail, to: invitedEmail, from: organisation, language };
}
