import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { requireCampaign } from '../members/read.ts';
import { toPublicRecount } from './recount.ts';
import { getRecount } from './recount-store.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  const { slug, partOf } = await requireCampaign(path['slug'] ?? '', claims, 'recount', now);
  const recount = await getRecount(partOf ?? slug);
  if (!recount) throw new Problem('not-found', 'This campaign has not been recounted yet.');
  return json(200, toPublicRecount(recount));
});
