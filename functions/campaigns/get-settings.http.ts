import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireCampaign } from '../members/read.ts';
import { isCounted } from '../tallies/read.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { etagOf } from './change-campaign.ts';
import { toManaged } from './settings-view.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  const known = await requireCampaign(path['slug'] ?? '', claims, 'readCampaign', now);
  const [stored, signed] = await Promise.all([getStoredCampaign(known.slug), isCounted(known.slug)]);
  const campaign = stored ?? known;
  return json(200, toManaged(campaign, signed, now), { etag: etagOf(campaign) });
});
