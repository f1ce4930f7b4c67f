import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { fitsIfMatch } from '../../shared/http/if-match.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { checkSelection, type Selection } from '../targets/read.ts';
import { saveSelection } from './selection-store.ts';
import { etagOf, SelectionRequest } from './selection-view.ts';

export const handler = httpHandler(async ({ path, headers, body, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'selectTargets', now);
  const { reason, ...sent } = validate(SelectionRequest, body);
  const { selection, count } = await checkSelection(sent);
  const follows = (stored: Selection) => fitsIfMatch(headers['if-match'], etagOf(stored));
  const by = authorOf(claims);
  const entry = audited({ thing: `campaign:${slug}`, verb: 'selectTargets', by, reason }, now);
  await saveSelection(slug, { selection, count }, follows, entry);
  log('info', 'the targets of a campaign were selected', { campaign: slug, count, member: memberOf(claims) });
  return json(200, { campaign: slug, selection, count }, { etag: etagOf(selection) });
});
