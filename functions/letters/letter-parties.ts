import { readOrganisations } from '../campaigns/read.ts';
import type { Organisation } from '../network/read.ts';
import { readTarget, type Target } from '../targets/read.ts';
import { chooseText } from './choose-text.ts';
import type { Letter } from './letter.ts';
import type { LetterTextVersion } from './letter-text.ts';
import { getText, readTexts } from './text-store.ts';
import { readWriting, type WritingCampaign } from './writing-campaign.ts';

/** Whom a letter is from, whom it is for, and the words that it is written in. */
export interface Parties {
  campaign: WritingCampaign;
  /** The first owns the campaign. */
  organisations: Organisation[];
  target: Target;
  text: LetterTextVersion;
  /** None of the target's languages has a text. */
  fallback: boolean;
}

/** Why a letter goes no further, and the state that it is left in. */
export interface Halted {
  to: Letter['state'];
  reason: string;
}

/**
 * As they stand now; but a letter that is composed keeps the words that it was composed in. Halted when the campaign
 * writes no letters any more, or has neither a text in a language of the target's nor one in its own.
 * @throws Error when campaign, target or text is not there: the letter waits until it is.
 */
export async function readParties(
  letter: Pick<Letter, 'campaign' | 'target' | 'text'>,
  now: number,
): Promise<Parties | Halted> {
  const [campaign, target] = await Promise.all([
    readWriting(letter.campaign, now),
    readTarget(letter.target),
  ]);
  if (!campaign) return { to: 'cancelled', reason: 'letters-off' };
  if (!target) throw new Error('The target of a letter is not there');
  const [organisations, words] = await Promise.all([
    readOrganisations(campaign),
    letter.text ? readWritten(letter.campaign, letter.text) : readWords(campaign, target.languages),
  ]);
  return words ? { campaign, organisations, target, ...words } : { to: 'failed', reason: 'no-text' };
}

/** The words for an office that reads these languages. */
async function readWords(campaign: WritingCampaign, languages: string[]) {
  return chooseText(languages, await readTexts(campaign.slug), campaign.defaultLanguage);
}

async function readWritten(campaign: string, { language, version, fallback }: NonNullable<Letter['text']>) {
  const text = await getText(campaign, language, version);
  if (!text) throw new Error('The text of a letter is not there');
  return { text, fallback };
}
