import { setting } from '../../shared/aws/env.ts';
import { publicFor } from '../../shared/http/cache-control.ts';
import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { homePage } from '../../web/pages/home-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readLiveCampaigns } from '../campaigns/read.ts';

const site = setting('SITE_URL');

/** What this is, what is open, and how it looks on other pages. */
export const handler = pageHandler(async ({ query, headers, now }) => {
  const wanted = [query['lang'], headers['accept-language']];
  const language = chooseLanguage(wanted, languages, 'en');
  const campaigns = await readLiveCampaigns([language, ...wanted], now);
  const html = homePage({ language, languages, campaigns, site });
  return page(200, html, { 'cache-control': publicFor(10), vary: 'accept-language' });
}, problemPage);
