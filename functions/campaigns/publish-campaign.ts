import { inLanguage, type Language, languages, type Texts } from '../../shared/kernel/language.ts';
import { inTongueOrAny } from '../../shared/kernel/local-text.ts';
import type { Organisation } from '../network/read.ts';
import type { Office } from '../targets/read.ts';
import type { Campaign, CampaignSummary, PublicAsk, PublicCampaign } from './campaign.ts';

type Consent = Campaign['consents'][number];
type ConsentVersion = Consent['versions'][number];

/**
 * The state that a campaign is in by its times: what is live is not open before or after them, and what is paused closes,
 * too, for a pause extends nothing.
 */
export function statusAt(campaign: Campaign, now: number): Campaign['status'] {
  const { status, opensAt } = campaign;
  if (status !== 'live' && status !== 'paused') return status;
  const closing = closingOf(campaign);
  if (closing && now >= Date.parse(closing)) return 'closed';
  return status === 'live' && now < Date.parse(opensAt) ? 'scheduled' : status;
}

/** When it closes, or did, by its time or before by hand; UTC. */
export function closingOf({ closesAt, closedAt }: Pick<Campaign, 'closesAt' | 'closedAt'>) {
  return closedAt ?? closesAt;
}

/** A partner that led a reader here, and how it introduces the campaign, if it does. */
export interface NamedPartner {
  slug: string;
  name: string;
  texts?: Texts | undefined;
}

/** What anyone may see of a campaign, in one of its languages; a partner's supporter also what that one asks. */
export function toPublicAsk(
  campaign: Campaign,
  owner: Organisation | undefined,
  language: Language,
  partner?: NamedPartner,
): PublicAsk {
  const text = (texts: Partial<Record<Language, string>>) =>
    inLanguage(texts, language, campaign.defaultLanguage);
  const { slug, kinds, partners, sources, pledge } = campaign;
  return {
    ...toSummary(campaign, owner, language),
    slug,
    text: textsOf(campaign, language).text,
    kinds,
    goals: campaign.milestones.world,
    consents: asked(campaign)
      .filter((consent) => consent.partner === undefined || consent.partner === partner?.slug)
      .map((consent) => {
        const { version, texts } = versionInForce(consent);
        return { id: consent.id, version, required: consent.required, text: text(texts) };
      }),
    partners,
    ...(partner && { partner: toPublicPartner(partner, text(partner.texts ?? {})) }),
    sources,
    ...(pledge && {
      pledge: {
        beneficiary: text(pledge.beneficiary),
        purpose: text(pledge.purpose),
        suggested: inOrder(pledge.suggested),
        types: pledge.types,
        conditions: pledge.conditions,
      },
    }),
  };
}

function toPublicPartner({ slug, name }: NamedPartner, text: string): NonNullable<PublicAsk['partner']> {
  return { slug, name, ...(text && { text }) };
}

/** What anyone may see of an office, its name as on all pages: in their language, else in English, else in one that it has. */
export function toPublicTarget(
  { area_id, label }: Office,
  language: Language,
): PublicCampaign['targets'][number] {
  return { country: area_id, office: inTongueOrAny(label, language) };
}

export function toSummary(
  campaign: Campaign,
  owner: Organisation | undefined,
  language: Language,
): CampaignSummary {
  const { title, summary } = textsOf(campaign, language);
  const { slug, status, opensAt, timeZone, kinds } = campaign;
  const closesAt = closingOf(campaign);
  return {
    slug,
    status,
    owner: { slug: campaign.owner, name: owner?.name ?? campaign.owner },
    language,
    languages: languagesOf(campaign),
    title,
    summary,
    opensAt,
    ...(closesAt && { closesAt }),
    ...(timeZone !== 'UTC' && { timeZone }),
    kinds,
  };
}

export function languagesOf(campaign: Campaign): Language[] {
  return languages.filter((language) => campaign.texts[language]);
}

export function textsOf(campaign: Campaign, language: Language) {
  const texts = campaign.texts[language] ?? campaign.texts[campaign.defaultLanguage];
  if (!texts) throw new Error(`Campaign ${campaign.slug} has no text in its default language`);
  return texts;
}

/** By the code of the currency: the database keeps no order of its own, and the first is what a form begins with. */
function inOrder(suggested: NonNullable<Campaign['pledge']>['suggested']) {
  return Object.fromEntries(Object.entries(suggested).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Consents that are asked now, in their order. */
export function asked({ consents }: Campaign): Consent[] {
  return consents.filter(({ retired }) => retired === undefined);
}

/** The schema asks for one version at least, so there is a last one. */
export function versionInForce(consent: Consent): ConsentVersion {
  return consent.versions.at(-1) as ConsentVersion;
}
