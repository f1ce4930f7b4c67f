import { chooseLanguage, type Language, languages } from '../../shared/kernel/language.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { type Campaign, readCampaign, readTexts } from '../campaigns/read.ts';
import { type Action, type Details, fromActionId } from './action.ts';

/** What every page about one action shows: in the language that its supporter chose, else the reader's. */
export interface ShownAction {
  language: Language;
  kind: 'signature' | 'pledge';
  campaign: { slug: string; title: string; kinds: Campaign['kinds'] };
}

export async function toShown(
  id: string,
  action: Action | undefined,
  accepted: string | undefined,
  now: number,
): Promise<ShownAction> {
  const said: Details | undefined = action?.asked ?? action?.current;
  const { root, kind } = fromActionId(id);
  const slug = said?.campaign ?? root;
  const campaign = await readCampaign(slug, now);
  if (!campaign) throw new Problem('not-found', 'There is no such campaign any more.');
  const language = chooseLanguage([said?.language, accepted], languages, campaign.defaultLanguage);
  return {
    language,
    kind,
    campaign: { slug, title: readTexts(campaign, language).title, kinds: campaign.kinds },
  };
}
