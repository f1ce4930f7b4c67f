import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { homePage } from '../../web/pages/home-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readLiveCampaigns } from '../campaigns/read.ts';

/** What this is, and what is open. */
export const handler = pageHandler(async ({ query, headers, now }) => {
  const wanted = [query['lang'], headers['accept-language']];
  const language = chooseLanguage(wanted, languages, 'en');
  return page(
    200,
    homePage({ language, languages, campaigns: await readLiveCampaigns([language, ...wanted], now) }),
  );
}, problemPage);
