import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireOrganisation } from '../members/read.ts';
import { listOwned } from './campaign-store.ts';
import { OwnedQuery, toOwnedList } from './owned-view.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const organisation = path['organisation'] ?? '';
  await requireOrganisation(organisation, claims, 'readCampaigns', now);
  const wanted = validate(OwnedQuery, query);
  return json(200, toOwnedList(await listOwned(organisation, wanted.cursor), wanted, now));
});
