import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { fitsIfMatch } from '../../shared/http/if-match.ts';
import { memberOf, requireCampaign } from '../members/read.ts';
import { checkSelection } from '../targets/read.ts';
import { saveSelection } from './selection-store.ts';
import { etagOf } from './selection-view.ts';

export const handler = httpHandler(async ({ path, headers, body, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'selectTargets', now);
  const { selection, count } = await checkSelection(body);
  await saveSelection(slug, selection, (stored) => fitsIfMatch(headers['if-match'], etagOf(stored)));
  log('info', 'the targets of a campaign were selected', { campaign: slug, count, member: memberOf(claims) });
  return json(200, { campaign: slug, selection, count }, { etag: etagOf(selection) });
});
