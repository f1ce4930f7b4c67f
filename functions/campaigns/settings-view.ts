import * as z from 'zod';
import { Campaign } from './campaign.ts';
import { CampaignSettings } from './campaign-settings.ts';
import { toLocal } from './campaign-times.ts';
import { asked, statusAt, versionInForce } from './publish-campaign.ts';

const shape = Campaign.shape;

/** What a campaigner is told after a change. */
export const CampaignState = z
  .strictObject({
    campaign: shape.slug,
    status: shape.status.describe('By its times, now'),
    version: z.int().describe('Counts the changes; the ETag names it'),
  })
  .meta({ id: 'CampaignState' });
export type CampaignState = z.output<typeof CampaignState>;

export const AddedNote = CampaignState.extend({ note: shape.notes.unwrap().element }).meta({
  id: 'AddedNote',
});

/** All that a campaigner needs to know of a campaign; `settings` is what can be sent back, changed or not. */
export const ManagedCampaign = CampaignState.extend({
  storedStatus: shape.status.describe('Without regard to its times'),
  owner: shape.slug,
  partOf: shape.slug.optional().describe('The campaign that it is a chapter of'),
  partners: z.array(shape.slug),
  signed: z.boolean().describe('Something was counted for it: what it asks can only be explained by notes'),
  opensAt: z.iso.datetime().describe('UTC'),
  closesAt: z.iso.datetime().optional().describe('UTC'),
  closedAt: z.iso.datetime().optional().describe('UTC; when it was closed by hand'),
  askSince: z.iso
    .datetime()
    .optional()
    .describe('UTC; what was asked before is no longer confirmed, for the ask was another'),
  notes: shape.notes.unwrap(),
  consents: shape.consents.describe(
    'With all their versions, also those that are asked no more; those of partners are told to whom they are told of by GET …/partners',
  ),
  settings: CampaignSettings,
}).meta({ id: 'ManagedCampaign' });
export type ManagedCampaign = z.output<typeof ManagedCampaign>;

export function toManaged(campaign: Campaign, signed: boolean, now: number): ManagedCampaign {
  const { owner, partOf, partners, opensAt, closesAt, closedAt, askSince, notes, consents } = campaign;
  return {
    ...toState(campaign, now),
    storedStatus: campaign.status,
    owner,
    ...(partOf && { partOf }),
    partners,
    signed,
    opensAt,
    ...(closesAt && { closesAt }),
    ...(closedAt && { closedAt }),
    ...(askSince && { askSince }),
    notes,
    consents,
    settings: toSettings(campaign),
  };
}

export function toState(campaign: Campaign, now: number): CampaignState {
  return { campaign: campaign.slug, status: statusAt(campaign, now), version: campaign.version };
}

/** What campaigners have said of a campaign, as they would say it again. */
export function toSettings(campaign: Campaign): CampaignSettings {
  const { defaultLanguage, texts, kinds, timeZone, moment, topics, milestones } = campaign;
  const { opensAt, closesAt, sources, pledge, storiesUrl, letters } = campaign;
  const local = (utc: string) => toLocal(Date.parse(utc), timeZone);
  return {
    ...{
      defaultLanguage,
      texts,
      kinds,
      opensAt: local(opensAt),
      timeZone,
      topics,
      milestones,
      sources,
    },
    ...(letters && { letters }),
    ...(closesAt && { closesAt: local(closesAt) }),
    ...(moment && { moment }),
    ...(pledge && { pledge }),
    ...(storiesUrl && { storiesUrl }),
    // A partner says itself what it asks.
    consents: asked(campaign)
      .filter(({ partner }) => partner === undefined)
      .map((consent) => {
        const { id, required } = consent;
        return { id, required, texts: versionInForce(consent).texts };
      }),
  };
}
