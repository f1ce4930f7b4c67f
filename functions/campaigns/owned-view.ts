import * as z from 'zod';
import { Campaign, CampaignSummary } from './campaign.ts';
import { toSummary } from './publish-campaign.ts';
import { ManagedCampaign, toState } from './settings-view.ts';

const { status, slug } = Campaign.shape;

export const OwnedQuery = z.strictObject({
  status: status.optional().meta({ description: 'Only those in this state now' }),
  cursor: slug.optional().meta({ description: 'That of the answer before, to go on from there' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
type OwnedQuery = z.output<typeof OwnedQuery>;

const OwnedCampaign = ManagedCampaign.pick({ campaign: true, status: true, version: true, partOf: true })
  .extend(
    CampaignSummary.pick({ title: true, languages: true, kinds: true, opensAt: true, closesAt: true }).shape,
  )
  .extend({ moment: slug.optional() })
  .meta({ id: 'OwnedCampaign' });

export const OwnedList = z
  .strictObject({
    campaigns: z.array(OwnedCampaign).describe('By slug; titles in the default language of each'),
    cursor: z.string().nullable().describe('To go on with; null at the end'),
  })
  .meta({ id: 'OwnedList' });
type OwnedList = z.output<typeof OwnedList>;

/** A page of what an organisation has, of all of it that comes after the cursor. */
export function toOwnedList(owned: Campaign[], { status, limit }: OwnedQuery, now: number): OwnedList {
  const wanted = owned
    .map((campaign) => toOwned(campaign, now))
    .filter((campaign) => status === undefined || campaign.status === status);
  const campaigns = wanted.slice(0, limit);
  return { campaigns, cursor: wanted.length > limit ? (campaigns.at(-1)?.campaign ?? null) : null };
}

function toOwned(campaign: Campaign, now: number): OwnedList['campaigns'][number] {
  const { title, languages, kinds, opensAt, closesAt } = toSummary(
    campaign,
    undefined,
    campaign.defaultLanguage,
  );
  const { partOf, moment } = campaign;
  return {
    ...toState(campaign, now),
    ...(partOf && { partOf }),
    ...{ title, languages, kinds, opensAt, ...(closesAt && { closesAt }) },
    ...(moment && { moment }),
  };
}
