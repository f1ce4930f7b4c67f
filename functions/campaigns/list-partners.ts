import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireCampaign } from '../members/read.ts';
import { readPartnerCounts } from '../tallies/read.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { findOrganisation } from './organisation-store.ts';
import { standing } from './partnership.ts';
import { listPartnerships } from './partnership-store.ts';
import { type PartnerList, PartnershipsQuery, pageOf, toPartnershipView } from './partnership-view.ts';

/** Who is invited to a campaign, and who takes part, with what counts by each. */
export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const known = await requireCampaign(path['slug'] ?? '', claims, 'readCampaign', now);
  const wanted = validate(PartnershipsQuery, query);
  const [stored, counts, campaign = known] = await Promise.all([
    listPartnerships(known.slug),
    readPartnerCounts(known.slug),
    getStoredCampaign(known.slug),
  ]);
  const byPartner = new Map(stored.map((partnership) => [partnership.organisation, partnership]));
  const { page, cursor } = pageOf([...byPartner.keys(), ...campaign.partners], wanted);
  const partners = page.map(async (slug) => ({
    ...toPartnershipView({ campaign, partnership: standing(campaign, slug, byPartner.get(slug)) }),
    name: (await findOrganisation(slug, now))?.name ?? slug,
    counts: counts(slug),
  }));
  return json(200, { partners: await Promise.all(partners), cursor } satisfies PartnerList);
});
