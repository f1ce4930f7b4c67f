import { keptFor } from '../../shared/kernel/kept-for.ts';
import { chooseLanguage, inLanguage, type Language } from '../../shared/kernel/language.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { findOrganisationName, type Organisation, readOrganisation } from '../network/read.ts';
import { readOffices } from '../targets/read.ts';
import type { Campaign, CampaignSummary, PublicAsk, PublicCampaign } from './campaign.ts';
import { decideByCampaign, findCampaign } from './campaign-cache.ts';
import { readContext } from './campaign-context.ts';
import { getStoredCampaign, listCampaigns } from './campaign-store.ts';
import { findPartnership } from './partnership-store.ts';
import {
  languagesOf,
  type NamedPartner,
  statusAt,
  textsOf,
  toPublicAsk,
  toPublicTarget,
  toSummary,
} from './publish-campaign.ts';

/** What other rooms may know of campaigns; all of it is read-only. */
export type { Campaign };

/** The campaign, at most 30 s old; undefined when there is none. */
export function readCampaign(slug: string, now: number): Promise<Campaign | undefined> {
  return findCampaign(slug, now);
}

/** The campaign as it is stored now, for campaigners who change something of it. */
export function readCampaignNow(slug: string): Promise<Campaign | undefined> {
  return getStoredCampaign(slug);
}

/** All campaigns, drafts and archived ones too, each in the state that it is in by its times. */
export async function readAllCampaigns(now: number): Promise<Campaign[]> {
  return (await listCampaigns()).map((campaign) => ({ ...campaign, status: statusAt(campaign, now) }));
}

/** The same of what was stored at most 30 s ago, for what anyone may ask often. */
export async function findAllCampaigns(now: number): Promise<Campaign[]> {
  const campaigns = await findStored('all', now);
  return campaigns.map((campaign) => ({ ...campaign, status: statusAt(campaign, now) }));
}

const findStored = /* @__PURE__ */ keptFor(30_000, listCampaigns);

/** Lets `decide` accept by a cached campaign, unless that `isUnsure`, but refuse only by what is stored now. */
export function decideBy<T>(
  slug: string,
  now: number,
  decide: (campaign: Campaign | undefined) => T,
  isUnsure?: (campaign: Campaign | undefined) => boolean,
): Promise<T> {
  return decideByCampaign(slug, now, decide, isUnsure);
}

/** The organisations that a campaign is of: its owner, then its partners in the order of their list. */
export async function readOrganisations({ owner, partners }: Campaign): Promise<Organisation[]> {
  const slugs = [owner, ...partners];
  const found = await Promise.all(slugs.map(readOrganisation));
  return found.map((organisation, at) => organisation ?? { slug: slugs[at] ?? '', name: slugs[at] ?? '' });
}

/** A campaign's partners by name, with their address on the web if they have one, as they were at most 60 s ago. */
export function readPartners(slug: string, now: number): Promise<{ name: string; url?: string }[]> {
  return findPartners(slug, now);
}

const findPartners = /* @__PURE__ */ keptFor(60_000, async (slug, now) => {
  const campaign = await findCampaign(slug, now);
  const [, ...partners] = campaign ? await readOrganisations(campaign) : [];
  return partners.map(({ name, url }) => ({ name, ...(url && { url }) }));
});

/** The languages that a campaign has texts in. */
export function readLanguages(campaign: Campaign): Language[] {
  return languagesOf(campaign);
}

/** A campaign's title, summary and text in one of its languages. */
export function readTexts(campaign: Campaign, language: Language) {
  return textsOf(campaign, language);
}

/**
 * The campaign as the public sees it, in the first wanted language that it has, with the offices that its letters go to:
 * for functions that may read the registry of targets.
 * @param partner whose supporter it is for, if it is one of the campaign's
 * @throws Problem `not-found` for a campaign that does not exist or is not public.
 */
export async function readPublicCampaign(
  slug: string,
  wanted: Array<string | undefined>,
  now: number,
  partner?: string,
): Promise<PublicCampaign> {
  const campaign = await decideByCampaign(slug, now, requirePublic);
  const [ask, offices] = await Promise.all([
    readPublicAsk(slug, wanted, now, partner),
    readOffices(campaign.targets, now),
  ]);
  const targets = offices.map((office) => toPublicTarget(office, ask.language));
  return { ...ask, targets, ...(await readContext(campaign, ask.language, now)) };
}

/** The same without the offices, and without what stands around the ask. */
export async function readPublicAsk(
  slug: string,
  wanted: Array<string | undefined>,
  now: number,
  partner?: string,
): Promise<PublicAsk> {
  const stored = await decideByCampaign(slug, now, requirePublic);
  const campaign = { ...stored, status: statusAt(stored, now) };
  const language = chooseLanguage(wanted, languagesOf(campaign), campaign.defaultLanguage);
  const [owner, named] = await Promise.all([
    readOrganisation(campaign.owner),
    readNamed(campaign, partner, now),
  ]);
  return toPublicAsk(campaign, owner, language, named);
}

/** The partner by whose link somebody has come, its introduction at most 30 s old; what is no partner is as none. */
async function readNamed(
  { slug: campaign, partners }: Campaign,
  named: string | undefined,
  now: number,
): Promise<NamedPartner | undefined> {
  const slug = partners.find((each) => each === named);
  if (slug === undefined) return undefined;
  const [name, partnership] = await Promise.all([
    findOrganisationName(slug, now),
    findPartnership({ campaign, organisation: slug }, now),
  ]);
  return { slug, name, texts: partnership?.texts };
}

/** The chapters of a campaign that can be acted on, by title, each in the first wanted language that it has; 30 s old at most. */
export async function readChapters(
  root: string,
  wanted: Array<string | undefined>,
  now: number,
): Promise<{ slug: string; title: string; language: Language }[]> {
  const all = await findAllCampaigns(now);
  const chapters = all.filter(({ partOf, status }) => partOf === root && status === 'live');
  const told = chapters.map((chapter) => {
    const language = chooseLanguage(wanted, languagesOf(chapter), chapter.defaultLanguage);
    return { slug: chapter.slug, title: textsOf(chapter, language).title, language };
  });
  return told.sort((a, b) => a.title.localeCompare(b.title));
}

/** The exact texts of the consents that were granted, in the versions that were. */
export async function readConsentTexts(
  slug: string,
  consents: { id: string; version: number; granted: boolean }[],
  language: Language,
  now: number,
): Promise<string[]> {
  const campaign = await findCampaign(slug, now);
  const granted = consents.filter((consent) => consent.granted);
  return granted.map(({ id, version }) => {
    const versions = campaign?.consents.find((consent) => consent.id === id)?.versions ?? [];
    const texts = versions.find((each) => each.version === version)?.texts;
    return texts && campaign ? inLanguage(texts, language, campaign.defaultLanguage) : id;
  });
}

/** Campaigns that can be acted on now, newest first, each in the first wanted language that it has. */
export async function readLiveCampaigns(
  wanted: Array<string | undefined>,
  now: number,
): Promise<CampaignSummary[]> {
  const live = (await listCampaigns()).filter((campaign) => statusAt(campaign, now) === 'live');
  const newestFirst = live.sort((a, b) => b.opensAt.localeCompare(a.opensAt));
  return Promise.all(
    newestFirst.map(async (campaign) => {
      const language = chooseLanguage(wanted, languagesOf(campaign), campaign.defaultLanguage);
      return toSummary(campaign, await readOrganisation(campaign.owner), language);
    }),
  );
}

function requirePublic(campaign: Campaign | undefined): Campaign {
  if (!campaign || campaign.status === 'draft')
    throw new Problem('not-found', 'There is no such campaign; check its address.');
  return campaign;
}
