import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { requireCampaign } from '../members/read.ts';
import { readSelected } from '../targets/read.ts';
import { getSelection } from './selection-store.ts';
import { etagOf } from './selection-view.ts';

export const handler = httpHandler(async ({ path, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'readSelection', now);
  const selection = await getSelection(slug);
  const offices = await readSelected(selection);
  const body = { campaign: slug, selection, count: offices.length, offices };
  return json(200, body, { etag: etagOf(selection) });
});
