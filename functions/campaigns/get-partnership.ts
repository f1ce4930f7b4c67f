import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireOrganisation } from '../members/read.ts';
import { findOrganisationName } from '../network/read.ts';
import { readPartnerCounts } from '../tallies/read.ts';
import { etagOfPartnership, readCoalition } from './change-partnership.ts';
import { requirePart } from './partnership.ts';
import { type CountedPartnership, toOwnPartnership } from './partnership-view.ts';

/** An organisation's part in one campaign, with its own tally. */
export const handler = httpHandler(async ({ path, claims, now }) => {
  const { organisation = '', slug = '' } = path;
  await requireOrganisation(organisation, claims, 'readMembers', now);
  const coalition = requirePart(await readCoalition({ campaign: slug, organisation }));
  const { owner } = coalition.campaign;
  const [name, counts] = await Promise.all([findOrganisationName(owner, now), readPartnerCounts(slug)]);
  const body: CountedPartnership = {
    ...toOwnPartnership(coalition, name, now),
    counts: counts(organisation),
  };
  return json(200, body, { etag: etagOfPartnership(coalition.partnership) });
});
