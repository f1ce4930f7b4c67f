import { inLanguage, type Language } from '../../shared/kernel/language.ts';
import { findNamedMoment } from '../network/read.ts';
import type { Campaign, CampaignContext } from './campaign.ts';
import { findCampaign } from './campaign-cache.ts';
import { languagesOf, textsOf } from './publish-campaign.ts';

/** What stands around a campaign's ask; its root at most 30 s old, its moment 60 s. */
export async function readContext(
  campaign: Campaign,
  language: Language,
  now: number,
): Promise<CampaignContext> {
  const root = campaign.partOf ? await findCampaign(campaign.partOf, now) : undefined;
  const slug = campaign.moment ?? root?.moment;
  const moment = slug ? await findNamedMoment(slug, language, now) : undefined;
  return toContext(campaign, language, { root, moment });
}

interface Around {
  root: Campaign | undefined;
  moment: CampaignContext['moment'];
}

/** What there is none of is left out: most campaigns have little of it. */
function toContext(campaign: Campaign, language: Language, { root, moment }: Around): CampaignContext {
  const { topics, notes, defaultLanguage } = campaign;
  const told = notes.map(({ at, texts }) => ({ at, text: inLanguage(texts, language, defaultLanguage) }));
  return {
    ...(moment && { moment }),
    ...(topics.length > 0 && { topics }),
    ...(told.length > 0 && { notes: told }),
    ...(root && isPublic(root) && { partOf: { slug: root.slug, title: titleOf(root, language) } }),
  };
}

function isPublic({ status }: Campaign): boolean {
  return status !== 'draft' && status !== 'archived';
}

function titleOf(root: Campaign, language: Language): string {
  return textsOf(root, languagesOf(root).includes(language) ? language : root.defaultLanguage).title;
}
