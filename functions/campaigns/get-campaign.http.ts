import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { readPublicAsk, readPublicCampaign } from './read.ts';

export const handler = httpHandler(async ({ path, query, now }) => {
  const read = query['targets'] === 'none' ? readPublicAsk : readPublicCampaign;
  const campaign = await read(path['slug'] ?? '', [query['lang']], now, query['partner']);
  return json(200, campaign, { 'cache-control': 'public, max-age=30' });
});
