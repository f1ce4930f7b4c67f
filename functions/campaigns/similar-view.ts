import * as z from 'zod';
import { Language } from '../../shared/kernel/language.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import { CampaignStatus, Topic } from './campaign.ts';

export const SimilarCampaign = z
  .strictObject({
    slug: Slug,
    title: z.string(),
    language: Language.describe('Of the title'),
    status: CampaignStatus,
    owner: z.strictObject({ slug: Slug, name: z.string(), url: z.string().optional() }),
    url: z.string().meta({ description: 'Its page, on this site', example: '/c/mental-health-for-all' }),
    alike: z.int().min(1).max(100).describe('How much it has in common with yours'),
    mustBeSeen: z.boolean().describe('Whether publishing asks that you have looked at it'),
    same: z.strictObject({
      moment: Slug.optional().describe('The moment that both belong to'),
      topics: z.array(Topic),
      offices: z.strictObject({
        count: z.int().nonnegative().describe('Offices that both write to'),
        share: z.number().min(0).max(1).describe('Of yours'),
      }),
    }),
    join: z.strictObject({
      root: Slug.describe('The campaign to join, by a chapter (`partOf`) or as a partner'),
      how: z.string().describe('What to do, in English'),
    }),
  })
  .meta({ id: 'SimilarCampaign' });
export type SimilarCampaign = z.output<typeof SimilarCampaign>;

export const SimilarCampaigns = z
  .strictObject({
    campaign: Slug,
    count: z.int().nonnegative().describe('All that there are'),
    similar: z.array(SimilarCampaign).describe('The 50 most alike, these first'),
  })
  .meta({ id: 'SimilarCampaigns' });
export type SimilarCampaigns = z.output<typeof SimilarCampaigns>;
