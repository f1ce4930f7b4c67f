import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { PageQuery } from './member-request.ts';
import { listMembers } from './member-store.ts';
import { type MemberPage, toMemberView } from './member-view.ts';
import { requireOrganisation } from './read.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const organisation = path['organisation'] ?? '';
  await requireOrganisation(organisation, claims, 'readMembers', now);
  const { items, cursor } = await listMembers(organisation, validate(PageQuery, query));
  return json(200, { members: items.map(toMemberView), cursor } satisfies MemberPage);
});
