import { page, pageHandler } from '../../shared/http/http-handler.ts';
import { chooseLanguage, type Language, languages } from '../../shared/kernel/language.ts';
import { managePage } from '../../web/pages/manage-page.ts';
import { problemPage } from '../../web/pages/problem-page.ts';
import { readCampaign, readConsentTexts, readTexts } from '../campaigns/read.ts';
import { type Action, Details, type Joined } from './action.ts';
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
  const others = (action.current?.joined ?? []).map((one) => toJoined(one, shown.language, now));
  const joined = await Promise.all(others);
  return page(200, managePage({ ...shown, token, action: { ...toManaged(action, said), consents, joined } }));
}, problemPage);

/** Of a campaign that is no longer there, the slug is its title. */
async function toJoined(
  { campaign: slug, partner, source, consents, at }: Joined,
  language: Language,
  now: number,
) {
  const [campaign, texts] = await Promise.all([
    readCampaign(slug, now),
    readConsentTexts(slug, consents, language, now),
  ]);
  const title = campaign ? readTexts(campaign, language).title : slug;
  return { title, confirmedAt: new Date(at).toISOString(), consents: texts, partner, source };
}

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
