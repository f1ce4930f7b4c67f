import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { PageQuery } from './member-request.ts';
import { listInvitations } from './member-store.ts';
import { type InvitationPage, toInvitationView } from './member-view.ts';
import { requireOrganisation } from './read.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const organisation = path['organisation'] ?? '';
  await requireOrganisation(organisation, claims, 'manageMembers', now);
  const { items, cursor } = await listInvitations(organisation, validate(PageQuery, query));
  const invitations = items.map((invitation) => toInvitationView(invitation, now));
  return json(200, { invitations, cursor } satisfies InvitationPage);
});
