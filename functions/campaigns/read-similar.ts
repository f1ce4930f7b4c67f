import { chooseLanguage } from '../../shared/kernel/language.ts';
import { type Organisation, readOrganisation, readOrganisationName } from '../network/read.ts';
import { readOffices } from '../targets/read.ts';
import type { Campaign } from './campaign.ts';
import { listCampaigns } from './campaign-store.ts';
import { languagesOf, statusAt, textsOf } from './publish-campaign.ts';
import { type Comparable, findSimilar, type Likeness, mustBeSeen } from './similar.ts';
import type { SimilarCampaign, SimilarCampaigns } from './similar-view.ts';

const mostTold = 50;

/** What can still be joined. What others have in draft is theirs to tell. */
const joinable: Campaign['status'][] = ['scheduled', 'live', 'paused'];

/** Campaigns of the network that have a moment, topics or offices in common with this one. */
export async function readSimilar(
  campaign: Campaign,
  wanted: Array<string | undefined>,
  now: number,
): Promise<SimilarCampaigns> {
  const all = new Map((await listCampaigns()).map((each) => [each.slug, each]));
  const others = [...all.values()].filter((each) => joinable.includes(statusAt(each, now)));
  const compare = (each: Campaign) => toComparable(each, all, now);
  const found = findSimilar(await compare(campaign), await Promise.all(others.map(compare)));
  const told = found.slice(0, mostTold).map(async (likeness) => {
    const other = all.get(likeness.slug) as Campaign;
    const [owner, join] = await Promise.all([readOrganisation(other.owner), toJoin(other, campaign, all)]);
    return { ...toView(other, owner, likeness, wanted), status: statusAt(other, now), join };
  });
  return { campaign: campaign.slug, count: found.length, similar: await Promise.all(told) };
}

/** A chapter is for the moment that its root is for. */
async function toComparable(
  { slug, partOf, moment, topics, targets }: Campaign,
  all: Map<string, Campaign>,
  now: number,
): Promise<Comparable> {
  const offices = await readOffices(targets, now);
  return {
    slug,
    root: partOf ?? slug,
    moment: moment ?? all.get(partOf ?? '')?.moment,
    topics,
    offices: offices.map(({ id }) => id),
  };
}

function toView(
  campaign: Campaign,
  owner: Organisation | undefined,
  { alike, moment, topics, offices }: Likeness,
  wanted: Array<string | undefined>,
): Omit<SimilarCampaign, 'status' | 'join'> {
  const { slug } = campaign;
  const language = chooseLanguage(wanted, languagesOf(campaign), campaign.defaultLanguage);
  return {
    slug,
    title: textsOf(campaign, language).title,
    language,
    owner: {
      slug: campaign.owner,
      name: owner?.name ?? campaign.owner,
      ...(owner?.url && { url: owner.url }),
    },
    url: `/c/${slug}`,
    alike,
    mustBeSeen: mustBeSeen({ alike }),
    same: { ...(moment && { moment }), topics, offices: { ...offices, share: round(offices.share) } },
  };
}

/** One joins the root, whoever's chapter is alike. */
async function toJoin(
  { slug, partOf: root = slug, owner }: Campaign,
  own: Campaign,
  all: Map<string, Campaign>,
): Promise<SimilarCampaign['join']> {
  const host = all.get(root)?.owner ?? owner;
  const chapter = `a chapter of ${root}, with its own texts and targets; its supporters count in both`;
  if (host === own.owner) return { root, how: `It is of your own organisation: begin ${chapter}.` };
  const name = await readOrganisationName(host);
  return {
    root,
    how: `Ask ${name} to invite your organisation as a partner. A partner may begin ${chapter}.`,
  };
}

function round(share: number): number {
  return Math.round(share * 100) / 100;
}
