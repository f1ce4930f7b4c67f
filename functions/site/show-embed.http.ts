import { setting } from '../../shared/aws/env.ts';
import { publicFor } from '../../shared/http/cache-control.ts';
import { framedPage, pageHandler } from '../../shared/http/http-handler.ts';
import { campaignAddress } from '../../web/pages/embed-code.ts';
import { embedPage } from '../../web/pages/embed-page.ts';
import { framedProblemPage } from '../../web/pages/problem-page.ts';
import { readPublicAsk } from '../campaigns/read.ts';
import { toEmbedOptions } from './embed-options.ts';

const site = setting('SITE_URL');

/**
 * The form of a campaign for the frame of another page, with what its address says of kind, partner, source and theme. What
 * the campaign does not have is left out: an old address must not cost a signature.
 */
export const handler = pageHandler(async ({ path, query, headers, now }) => {
  const wanted = [query['lang'], headers['accept-language']];
  const campaign = await readPublicAsk(path['slug'] ?? '', wanted, now, query['partner']);
  const { options } = toEmbedOptions(query, campaign);
  const href = campaignAddress({ site, campaign, options: { ...options, lang: campaign.language } });
  const html = embedPage({ campaign, options, href });
  return framedPage(200, html, { 'cache-control': publicFor(10), vary: 'accept-language' });
}, framedProblemPage);
