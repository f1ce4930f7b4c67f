import { campaignerIssuer, signInOrigins } from '../../shared/aws/sign-in.ts';
import { pageHandler, signInPage } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { invitationPage, invitationProblemPage } from '../../web/pages/invitation-page.ts';
import { readOrganisationName } from '../network/read.ts';
import { isOpen } from './invitation.ts';
import { invitationOver, requireInvitationToken } from './invitation-link.ts';
import { getInvitation } from './member-store.ts';

/** Where the mailed link leads: what one is invited to. It changes nothing; whoever signs in there accepts. */
export const handler = pageHandler(async ({ query, headers, now }) => {
  const token = query['token'] ?? '';
  const { organisation, id, version } = await requireInvitationToken(token, now);
  const invitation = await getInvitation(organisation, id);
  if (!invitation || invitation.version !== version || !isOpen(invitation, now)) throw invitationOver();
  const wanted = [query['lang'], headers['accept-language']];
  const language = chooseLanguage(wanted, languages, invitation.language);
  const { role, expiresAt } = invitation;
  const name = await readOrganisationName(organisation);
  const told = { language, organisation: name, role, expiresAt, token, issuer: campaignerIssuer };
  return signInPage(200, invitationPage(told), signInOrigins);
}, invitationProblemPage);
