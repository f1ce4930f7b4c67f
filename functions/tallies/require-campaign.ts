import { Problem } from '../../shared/kernel/problem.ts';
import { type Campaign, decideBy } from '../campaigns/read.ts';

/** @throws Problem `not-found` for a campaign that does not exist or is not public. */
export function requireCampaign(slug: string, now: number): Promise<Campaign> {
  return decideBy(slug, now, (campaign) => {
    if (!campaign || campaign.status === 'draft')
      throw new Problem('not-found', 'There is no such campaign; check its address.');
    return campaign;
  });
}
