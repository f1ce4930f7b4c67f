import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { readPublicCampaign } from './read.ts';

export const handler = httpHandler(async ({ path, query, now }) =>
  json(200, await readPublicCampaign(path['slug'] ?? '', [query['lang']], now), {
    'cache-control': 'public, max-age=30',
  }),
);
