import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireOrganisation } from '../members/read.ts';
import { findOrganisationName } from '../network/read.ts';
import type { Campaign } from './campaign.ts';
import { listCampaigns } from './campaign-store.ts';
import { standing } from './partnership.ts';
import { getPartnership, listPartneredCampaigns } from './partnership-store.ts';
import { type PartnershipList, PartnershipsQuery, pageOf, toOwnPartnership } from './partnership-view.ts';

/** The campaigns of others that an organisation is invited to, or takes part in. */
export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const organisation = path['organisation'] ?? '';
  await requireOrganisation(organisation, claims, 'readMembers', now);
  const wanted = validate(PartnershipsQuery, query);
  const [stored, campaigns] = await Promise.all([listPartneredCampaigns(organisation), readBySlug()]);
  const joined = [...campaigns.values()].filter(({ partners }) => partners.includes(organisation));
  const { page, cursor } = pageOf([...stored, ...joined.map(({ slug }) => slug)], wanted);
  const found = await Promise.all(page.map((slug) => toOwn(campaigns.get(slug), organisation, now)));
  return json(200, { partnerships: found.flat(), cursor } satisfies PartnershipList);
});

async function readBySlug(): Promise<Map<string, Campaign>> {
  return new Map((await listCampaigns()).map((campaign) => [campaign.slug, campaign]));
}

async function toOwn(campaign: Campaign | undefined, organisation: string, now: number) {
  if (!campaign) return [];
  const stored = await getPartnership({ campaign: campaign.slug, organisation });
  const partnership = standing(campaign, organisation, stored);
  const owner = await findOrganisationName(campaign.owner, now);
  return partnership ? [toOwnPartnership({ campaign, partnership }, owner, now)] : [];
}
