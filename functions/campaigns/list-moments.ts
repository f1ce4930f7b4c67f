import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { listMoments } from './moment-store.ts';
import { toMomentList } from './moment-view.ts';
import { findAllCampaigns } from './read.ts';

export const handler = httpHandler(async ({ query, now }) => {
  const language = chooseLanguage([query['lang']], languages, 'en');
  const [moments, campaigns] = await Promise.all([listMoments(), findAllCampaigns(now)]);
  return json(200, toMomentList(moments, campaigns, language, now), {
    'cache-control': 'public, max-age=30',
  });
});
