import { publicFor } from '../../shared/http/cache-control.ts';
import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readPublicCampaign } from '../campaigns/read.ts';
import { readPublicTally } from '../tallies/read.ts';

/** A campaign, its count, and the forms to take part. A link may name the partner and the source that led here. */
export const handler = pageHandler(async ({ path, query, headers, rawPath, now }) => {
  const slug = path['slug'] ?? '';
  const [campaign, tally] = await Promise.all([
    readPublicCampaign(slug, [query['lang'], headers['accept-language']], now),
    readPublicTally(slug, now),
  ]);
  const { partner, source } = query;
  const values = { ...(partner && { partner }), ...(source && { source }) };
  const kind = query['kind'] === 'pledge' || rawPath.endsWith('/pledges') ? 'pledge' : 'signature';
  const html = campaignPage({ campaign, tally, values, ...(campaign.kinds.includes(kind) && { kind }) });
  return page(200, html, { 'cache-control': publicFor(2), vary: 'accept-language' });
}, problemPage);
