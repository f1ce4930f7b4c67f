import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { chooseLanguage, type Language, languages } from '../../shared/kernel/language.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { type Campaign, readCampaign, readTexts } from '../campaigns/read.ts';
import { type Details, fromActionId } from './action.ts';

/** What every page about one action shows: in the language that its supporter chose, else the reader's. */
export interface ShownAction {
  language: Language;
  kind: ActionKind;
  campaign: Pick<Campaign, 'slug' | 'kinds' | 'owner' | 'sources' | 'storiesUrl'> & { title: string };
  /** Whom they came by, and the country that they gave (ISO 3166-1 alpha-2). */
  partner: string | undefined;
  country: string | undefined;
}

/**
 * `said` is what the page is about: what its link confirms, or else what is confirmed. What was only asked may be
 * somebody else's. Undefined once it is erased.
 */
export async function toShown(
  id: string,
  said: Details | undefined,
  accepted: string | undefined,
  now: number,
): Promise<ShownAction> {
  const { root, kind } = fromActionId(id);
  const slug = said?.campaign ?? root;
  const campaign = await readCampaign(slug, now);
  if (!campaign) throw new Problem('not-found', 'There is no such campaign any more.');
  const language = chooseLanguage([said?.language, accepted], languages, campaign.defaultLanguage);
  const { kinds, owner, sources, storiesUrl } = campaign;
  return {
    language,
    kind,
    campaign: { slug, title: readTexts(campaign, language).title, kinds, owner, sources, storiesUrl },
    partner: said?.partner,
    country: said?.country,
  };
}
