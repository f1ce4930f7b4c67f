import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { managePage } from '../../web/pages/manage-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readConsentTexts } from '../campaigns/read.ts';
import { type Action, Details } from './action.ts';
import { getAction } from './action-store.ts';
import { linkExpired, requireToken } from './links.ts';
import { toShown } from './shown-action.ts';

/** What is stored of an action, and the ways out of it: what is confirmed; before that, what waits for it. */
export const handler = pageHandler(async ({ query, headers, now }) => {
  const token = query['token'] ?? '';
  const { action: id } = await requireToken(token, 'manage', now);
  const action = await getAction(id);
  if (!action) throw linkExpired();
  const said = action.current ?? action.asked;
  const shown = await toShown(id, said, headers['accept-language'], now);
  const consents = await readConsentTexts(shown.campaign.slug, said?.consents ?? [], shown.language, now);
  return page(200, managePage({ ...shown, token, action: { ...toManaged(action, said), consents } }));
}, problemPage);

function toManaged({ state, confirmedAt }: Action, said: Details | undefined) {
  const stored: Partial<Details> = Details.partial().parse(said ?? {});
  const { campaign: _campaign, language, consents: _consents, ...shown } = stored;
  return {
    ...shown,
    state,
    language: language === undefined ? undefined : chooseLanguage([language], languages, 'en'),
    confirmedAt: confirmedAt === undefined ? undefined : new Date(confirmedAt).toISOString(),
  };
}
