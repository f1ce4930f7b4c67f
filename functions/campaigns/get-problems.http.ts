import { setting } from '../../shared/aws/env.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { defineLetterTrial } from '../letters/read.ts';
import { requireCampaign } from '../members/read.ts';
import { etagOf } from './change-campaign.ts';
import { readReview } from './read-review.ts';

const tryLetters = defineLetterTrial(setting('LAMBDA_TASK_ROOT'), setting('SITE_URL'));

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'readCampaign', now);
  const { of: campaign, ...review } = await readReview(slug, [query['lang']], tryLetters, now);
  return json(200, review, { etag: etagOf(campaign) });
});
