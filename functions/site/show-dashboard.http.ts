import { campaignerIssuer, signInOrigins } from '../../shared/aws/sign-in.ts';
import { pageHandler, signInPage } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { dashboardPage } from '../../web/pages/dashboard-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { refuseBelow } from './refuse-below.ts';

/** Where campaigners sign in, and where their issuer leads back to. What the address says of that is for the page's script alone. */
export const handler = pageHandler(async ({ path, query, headers }) => {
  refuseBelow(path);
  const language = chooseLanguage([query['lang'], headers['accept-language']], languages, 'en');
  return signInPage(200, dashboardPage({ language, issuer: campaignerIssuer }), signInOrigins);
}, problemPage);
