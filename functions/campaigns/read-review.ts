import type { TryLetters } from '../letters/read.ts';
import { isMoment, readOrganisation } from '../network/read.ts';
import { readTargetsNow } from '../targets/read.ts';
import type { Campaign } from './campaign.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { isBlocking, type Launch, listProblems } from './list-problems.ts';
import { readSimilar } from './read-similar.ts';
import type { CampaignReview } from './review-view.ts';

/** A campaign as it is stored now, with what to look at before it is published. */
export interface Review extends CampaignReview {
  of: Campaign;
}

/** @throws Error when there is no such campaign. */
export async function readReview(
  slug: string,
  wanted: Array<string | undefined>,
  tryLetters: TryLetters,
  now: number,
): Promise<Review> {
  const campaign = await getStoredCampaign(slug);
  if (!campaign) throw new Error(`There is no campaign ${slug}`);
  const [launch, { similar }] = await Promise.all([
    readLaunch(campaign, tryLetters, now),
    readSimilar(campaign, wanted, now),
  ]);
  const problems = listProblems(launch, now);
  const publishable = campaign.status === 'draft' && !problems.some(isBlocking);
  return { of: campaign, campaign: slug, publishable, problems, similar };
}

async function readLaunch(campaign: Campaign, tryLetters: TryLetters, now: number): Promise<Launch> {
  const { owner, partners, partOf, moment, targets: selection, letters } = campaign;
  const [targets, root, hasMoment, ...organisations] = await Promise.all([
    readTargetsNow(selection),
    partOf === undefined ? undefined : getStoredCampaign(partOf),
    moment === undefined || isMoment(moment),
    ...[owner, ...partners].map((organisation) => readOrganisation(organisation)),
  ]);
  return {
    campaign,
    organisations: organisations.filter((organisation) => organisation !== undefined),
    root,
    hasMoment,
    targets,
    letters: letters && (await tryLetters({ ...campaign, letters }, targets, now)),
  };
}
