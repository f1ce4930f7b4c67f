import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireCampaign } from '../members/read.ts';
import { RecountRequest, toPublicRecount } from './recount.ts';
import { requestRecount } from './recount-store.ts';

export const handler = httpHandler(async ({ path, claims, body, now }) => {
  const { slug, partOf } = await requireCampaign(path['slug'] ?? '', claims, 'recount', now);
  validate(RecountRequest, body);
  return json(202, toPublicRecount(await requestRecount(partOf ?? slug, now)));
});
