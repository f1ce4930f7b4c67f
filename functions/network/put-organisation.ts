import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { refuseStale } from '../../shared/http/refuse-stale.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireOrganisation } from '../members/read.ts';
import type { Organisation } from './organisation.ts';
import { saveOrganisation } from './organisation-store.ts';
import {
  etagOfOrganisation,
  OrganisationRequest,
  requireKnown,
  toOrganisationView,
} from './organisation-view.ts';

export const handler = httpHandler(async ({ path, headers, body, claims, now }) => {
  const slug = path['organisation'] ?? '';
  await requireOrganisation(slug, claims, 'editOrganisation', now);
  const { reason, ...said } = validate(OrganisationRequest, body);
  const sent = { slug, ...said };
  const check = (found: Organisation | undefined) => {
    const stored = requireKnown(found);
    const etag = etagOfOrganisation(stored);
    refuseStale({ ifMatch: headers['if-match'], etag, stored: toOrganisationView(stored), sent });
  };
  const thing = { thing: `organisation:${slug}`, verb: 'editOrganisation' } as const;
  const entry = audited({ ...thing, by: authorOf(claims), reason }, now);
  const organisation = await saveOrganisation(sent, check, entry);
  log('info', 'an organisation was changed', { organisation: slug, member: memberOf(claims) });
  return json(200, toOrganisationView(organisation), { etag: etagOfOrganisation(organisation) });
});
