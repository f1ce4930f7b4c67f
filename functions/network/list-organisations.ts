import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireNetwork } from '../members/read.ts';
import { listOrganisations } from './organisation-store.ts';
import { type OrganisationList, OrganisationQuery, toOrganisationView } from './organisation-view.ts';

export const handler = httpHandler(async ({ query, claims, now }) => {
  await requireNetwork(claims, 'readOrganisations', now);
  const { cursor: after, limit } = validate(OrganisationQuery, query);
  const { organisations, cursor } = await listOrganisations(after, limit);
  const body: OrganisationList = { organisations: organisations.map(toOrganisationView), cursor };
  return json(200, body);
});
