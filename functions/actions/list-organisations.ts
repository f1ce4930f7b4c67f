import { setting } from '../../shared/aws/env.ts';
import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { readPublicAsk } from '../campaigns/read.ts';
import { OrganisationQuery, type PledgingOrganisations, toCursor } from './organisation-request.ts';
import { findOrganisations } from './organisation-store.ts';

const site = /* @__PURE__ */ setting('SITE_URL');

export const handler = httpHandler(async ({ path, query, now }) => {
  const { slug } = await readPublicAsk(path['slug'] ?? '', [], now);
  const { kind, cursor, limit } = validate(OrganisationQuery, query);
  const { after, organisations, total } = await findOrganisations(slug, kind, { limit, after: cursor }, now);
  const answer = {
    ...{ campaign: slug, total, cursor: after ? toCursor(after) : null },
    organisations: organisations.map(({ logo, ...each }) => ({
      ...each,
      ...(logo && { logo: { ...logo, url: site + logo.url } }),
    })),
  };
  return json(200, answer satisfies PledgingOrganisations, { 'cache-control': publicFor(10) });
});
