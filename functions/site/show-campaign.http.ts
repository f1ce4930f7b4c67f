import { setting } from '../../shared/aws/env.ts';
import { publicFor } from '../../shared/http/cache-control.ts';
import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { ActionKind, kindOfPath } from '../../shared/kernel/action-kind.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readPublicCampaign } from '../campaigns/read.ts';
import { readRecord } from './read-record.ts';

const site = setting('SITE_URL');

/**
 * A campaign, its count, the forms to take part, and what came of it. A link may name the partner and the source that
 * led here.
 */
export const handler = pageHandler(async ({ path, query, headers, rawPath, now }) => {
  const slug = path['slug'] ?? '';
  const wanted = [query['lang'], headers['accept-language']];
  const [campaign, record] = await Promise.all([
    readPublicCampaign(slug, wanted, now, query['partner']),
    readRecord(slug, wanted, now),
  ]);
  const { partner, source } = query;
  const values = { ...(partner && { partner }), ...(source && { source }) };
  const kind = ActionKind.safeParse(query['kind']).data ?? kindOfPath(rawPath) ?? 'signature';
  const chosen = campaign.kinds.includes(kind) ? kind : undefined;
  const html = campaignPage({ campaign, values, site, ...record, kind: chosen });
  return page(200, html, { 'cache-control': publicFor(2), vary: 'accept-language' });
}, problemPage);
