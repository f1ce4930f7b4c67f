import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { readMoments } from '../network/read.ts';
import { toMomentList } from './moment-list.ts';
import { findAllCampaigns } from './read.ts';

export const handler = httpHandler(async ({ query, now }) => {
  const language = chooseLanguage([query['lang']], languages, 'en');
  const [moments, campaigns] = await Promise.all([readMoments(language, now), findAllCampaigns(now)]);
  return json(200, toMomentList(moments, campaigns), { 'cache-control': 'public, max-age=30' });
});
