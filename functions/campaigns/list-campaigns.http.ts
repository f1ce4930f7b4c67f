import { httpHandler, json } from '../../shared/http/http-handler.ts';
import type { CampaignList } from './campaign.ts';
import { readLiveCampaigns } from './read.ts';

export const handler = httpHandler(async ({ query, now }) =>
  json(200, { campaigns: await readLiveCampaigns([query['lang']], now) } satisfies CampaignList, {
    'cache-control': 'public, max-age=30',
  }),
);
