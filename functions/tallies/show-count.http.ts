import { publicFor } from '../../shared/http/cache-control.ts';
import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { countPage } from '../../web/pages/count-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readPublicAsk } from '../campaigns/read.ts';
import { toDays } from './count-record.ts';
import { readRecord, readSources } from './read-record.ts';
import { requireCampaign } from './require-campaign.ts';

/** How a campaign is counted, for anyone who doubts the number. */
export const handler = pageHandler(async ({ path, query, headers, now }) => {
  const stored = await requireCampaign(path['slug'] ?? '', now);
  const [campaign, record] = await Promise.all([
    readPublicAsk(stored.slug, [query['lang'], headers['accept-language']], now),
    readSources(stored, now).then((sources) => readRecord(sources, now)),
  ]);
  const seconds = record.check === 'equal' ? 60 : 2;
  return page(200, countPage({ campaign, count: toDays(record) }), {
    'cache-control': publicFor(seconds),
    vary: 'accept-language',
  });
}, problemPage);
