import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireNetwork } from '../members/read.ts';
import { getOrganisation } from './organisation-store.ts';
import { etagOfOrganisation, requireKnown, toOrganisationView } from './organisation-view.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  await requireNetwork(claims, 'readOrganisations', now);
  const organisation = requireKnown(await getOrganisation(path['organisation'] ?? ''));
  return json(200, toOrganisationView(organisation), { etag: etagOfOrganisation(organisation) });
});
