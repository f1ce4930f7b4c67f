import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { requireCampaign } from '../members/read.ts';
import { findActions } from './find-actions.ts';
import { type ActionList, ListQuery } from './list-actions.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const campaign = await requireCampaign(path['slug'] ?? '', claims, 'readActions', now);
  return json(200, (await findActions(campaign, validate(ListQuery, query))) satisfies ActionList);
});
