import * as z from 'zod';
import { Language } from '../../shared/kernel/language.ts';
import { PublicMoment } from '../../shared/kernel/public-moment.ts';
import { Slug } from '../../shared/kernel/slug.ts';
import { CampaignStatus } from './campaign.ts';
import { Counts } from './joint-tally.ts';

const counts = z.int().nonnegative();

/** All that belongs to a moment, for the secretariat. */
export const MomentCampaigns = z
  .strictObject({
    moment: PublicMoment,
    campaigns: z
      .array(
        z.strictObject({
          slug: Slug,
          status: CampaignStatus,
          owner: z.strictObject({ slug: Slug, name: z.string() }),
          partOf: Slug.optional().describe('Its root, when it is a chapter'),
          title: z.string(),
          language: Language.describe('Of the title'),
          tally: Counts.extend({ asOf: z.iso.datetime().nullable() }),
        }),
      )
      .describe('Roots by their slugs, each followed by its chapters; in all states'),
    joint: Counts.extend({
      campaigns: counts.describe('How many campaigns are added up'),
    }).describe('The sum of all that are no chapter of another one in the list'),
  })
  .meta({ id: 'MomentCampaigns' });
export type MomentCampaigns = z.output<typeof MomentCampaigns>;
