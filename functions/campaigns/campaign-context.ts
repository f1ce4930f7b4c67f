import { keptFor } from '../../shared/kernel/kept-for.ts';
import { inLanguage, type Language } from '../../shared/kernel/language.ts';
import type { Campaign, CampaignContext } from './campaign.ts';
import { findCampaign } from './campaign-cache.ts';
import { type Moment, momentName } from './moment.ts';
import { getMoment } from './moment-store.ts';
import { languagesOf, textsOf } from './publish-campaign.ts';

/** What stands around a campaign's ask; its root at most 30 s old, its moment 60 s. */
export async function readContext(
  campaign: Campaign,
  language: Language,
  now: number,
): Promise<CampaignContext> {
  const root = campaign.partOf ? await findCampaign(campaign.partOf, now) : undefined;
  const slug = campaign.moment ?? root?.moment;
  return toContext(campaign, language, { root, moment: slug ? await findMoment(slug, now) : undefined });
}

const findMoment = /* @__PURE__ */ keptFor(60_000, getMoment);

interface Around {
  root?: Campaign | undefined;
  moment?: Moment | undefined;
}

/** What there is none of is left out: most campaigns have little of it. */
function toContext(campaign: Campaign, language: Language, { root, moment }: Around): CampaignContext {
  const { topics, notes, defaultLanguage } = campaign;
  const told = notes.map(({ at, texts }) => ({ at, text: inLanguage(texts, language, defaultLanguage) }));
  return {
    ...(moment && { moment: toPublicMoment(moment, language) }),
    ...(topics.length > 0 && { topics }),
    ...(told.length > 0 && { notes: told }),
    ...(root && isPublic(root) && { partOf: { slug: root.slug, title: titleOf(root, language) } }),
  };
}

function toPublicMoment(moment: Moment, language: Language): NonNullable<CampaignContext['moment']> {
  const { slug, on, until } = moment;
  return { slug, name: momentName(moment, language), on, ...(until && { until }) };
}

function isPublic({ status }: Campaign): boolean {
  return status !== 'draft' && status !== 'archived';
}

function titleOf(root: Campaign, language: Language): string {
  return textsOf(root, languagesOf(root).includes(language) ? language : root.defaultLanguage).title;
}
