import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { readPublicAsk } from '../campaigns/read.ts';
import { OrganisationQuery, type PledgingOrganisations, toCursor } from './list-organisations.ts';
import { findOrganisations } from './organisation-store.ts';

export const handler = httpHandler(async ({ path, query, now }) => {
  const { slug } = await readPublicAsk(path['slug'] ?? '', [], now);
  const { kind, cursor, limit } = validate(OrganisationQuery, query);
  const { after, ...page } = await findOrganisations(slug, kind, { limit, after: cursor }, now);
  const answer = { campaign: slug, ...page, cursor: after ? toCursor(after) : null };
  return json(200, answer satisfies PledgingOrganisations, { 'cache-control': publicFor(10) });
});
