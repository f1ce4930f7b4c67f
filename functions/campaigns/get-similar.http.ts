import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireCampaign } from '../members/read.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { readSimilar } from './read-similar.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const known = await requireCampaign(path['slug'] ?? '', claims, 'readCampaign', now);
  const campaign = (await getStoredCampaign(known.slug)) ?? known;
  return json(200, await readSimilar(campaign, [query['lang']], now));
});
