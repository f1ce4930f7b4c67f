import { Problem } from '../../shared/kernel/problem.ts';
import { type Campaign, decideBy } from '../campaigns/read.ts';

/** A campaign that writes letters: one without is a petition alone. */
export type WritingCampaign = Campaign & { letters: NonNullable<Campaign['letters']> };

/**
 * The campaign, if it writes letters, as it was stored at most 1 s ago: a letter cannot be taken back, so that its letters
 * are turned off, or are to be approved, holds at once.
 * @throws Problem `conflict` when it writes none.
 */
export function requireWriting(slug: string, now: number): Promise<WritingCampaign> {
  const isUnsure = () => true;
  return decideBy(slug, now, (campaign) => toWriting(slug, campaign), isUnsure);
}

function toWriting(slug: string, campaign: Campaign | undefined): WritingCampaign {
  if (!campaign) throw new Error(`There is no campaign ${slug} for a letter`);
  const { letters } = campaign;
  if (!letters) throw lettersOff();
  return { ...campaign, letters };
}

/** The same; undefined when it writes none. @throws Error when there is no such campaign. */
export async function readWriting(slug: string, now: number): Promise<WritingCampaign | undefined> {
  try {
    return await requireWriting(slug, now);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** @throws Problem `conflict` when the campaign is archived. */
export function refuseArchived(campaign: Campaign | undefined): void {
  if (campaign?.status === 'archived')
    throw new Problem('conflict', 'This campaign is archived: it stays as it is.');
}

/**
 * What a campaign says of its letters, for who has one of them go on.
 * @throws Problem `conflict` when it is archived, or writes none.
 */
export function requireLetters(campaign: Campaign | undefined): WritingCampaign['letters'] {
  refuseArchived(campaign);
  if (!campaign?.letters) throw lettersOff();
  return campaign.letters;
}

function lettersOff(): Problem {
  const detail = 'This campaign writes no letters: give it `letters` in its settings first.';
  return new Problem('conflict', detail);
}
