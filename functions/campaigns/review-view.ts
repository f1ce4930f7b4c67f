import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import { CampaignStatus } from './campaign.ts';
import { CampaignProblem } from './campaign-problem.ts';
import { SimilarCampaign } from './similar-view.ts';

/** What to look at before a campaign is published. */
export const CampaignReview = z
  .strictObject({
    campaign: Slug,
    publishable: z.boolean().describe('True of a draft that nothing blocks'),
    problems: z.array(CampaignProblem).describe('What blocks first'),
    similar: z.array(SimilarCampaign).describe('Campaigns to join instead, the most alike first'),
  })
  .meta({ id: 'CampaignReview' });
export type CampaignReview = z.output<typeof CampaignReview>;

export const PublishRequest = z
  .strictObject({
    similar: z
      .literal('seen', { error: 'Give "seen", or leave it out.' })
      .optional()
      .describe('That you have looked at the campaigns which resemble yours, and publish it all the same'),
    reason: Reason.optional(),
  })
  .meta({ id: 'PublishRequest' });
export type PublishRequest = z.output<typeof PublishRequest>;

export const PublishedCampaign = CampaignReview.omit({ publishable: true })
  .extend({
    status: CampaignStatus.describe('`scheduled` until it opens'),
    opensAt: z.iso.datetime(),
    closesAt: z.iso.datetime().optional(),
    problems: z.array(CampaignProblem).describe('What still is not as it should be; nothing of it blocks'),
  })
  .meta({ id: 'PublishedCampaign' });
export type PublishedCampaign = z.output<typeof PublishedCampaign>;
