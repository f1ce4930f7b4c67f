import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { checkEmailPage } from '../../web/pages/check-email-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readPublicAsk } from '../campaigns/read.ts';

/** What is said after any submission: the same for all, so that it tells nobody who has signed. */
export const handler = pageHandler(async ({ path, query, headers, now }) => {
  const slug = path['slug'] ?? '';
  const campaign = await readPublicAsk(slug, [query['lang'], headers['accept-language']], now);
  const { data: kind = 'signature' } = ActionKind.safeParse(query['kind']);
  return page(200, checkEmailPage({ language: campaign.language, campaign, kind }));
}, problemPage);
