import {
  type Campaign,
  readCampaign,
  readOrganisationName,
  readTargets,
  type Target,
} from '../campaigns/read.ts';
import type { Letter } from './letter.ts';

/** Whom a letter is from, and whom it is for. */
export interface Parties {
  campaign: Campaign;
  /** Name of the organisation that owns the campaign. */
  organisation: string;
  target: Target;
}

/** @throws Error when campaign or target is not there: the letter waits until it is. */
export async function readParties(letter: Letter, now: number): Promise<Parties> {
  const [campaign, targets] = await Promise.all([
    readCampaign(letter.campaign, now),
    readTargets(letter.campaign),
  ]);
  const target = targets.find(({ id }) => id === letter.target);
  if (!campaign || !target) throw new Error('The campaign or the target of a letter is not there');
  return { campaign, organisation: await readOrganisationName(campaign.owner), target };
}
