import { type Campaign, type Organisation, readCampaign, readOrganisations } from '../campaigns/read.ts';
import { readTarget, type Target } from '../targets/read.ts';
import { chooseText } from './choose-text.ts';
import type { Letter } from './letter.ts';
import type { LetterTextVersion } from './letter-text.ts';
import { getText, readTexts } from './text-store.ts';

/** Whom a letter is from, whom it is for, and the words that it is written in. */
export interface Parties {
  campaign: Campaign;
  /** The first owns the campaign. */
  organisations: Organisation[];
  target: Target;
  text: LetterTextVersion;
  /** None of the target's languages has a text. */
  fallback: boolean;
}

/**
 * As they stand now; but a letter that is composed keeps the words that it was composed in. Undefined when the campaign
 * has neither a text in a language of the target's nor one in its own.
 * @throws Error when campaign, target or text is not there: the letter waits until it is.
 */
export async function readParties(
  letter: Pick<Letter, 'campaign' | 'target' | 'text'>,
  now: number,
): Promise<Parties | undefined> {
  const [campaign, target] = await Promise.all([
    readCampaign(letter.campaign, now),
    readTarget(letter.target),
  ]);
  if (!campaign || !target) throw new Error('The campaign or the target of a letter is not there');
  const [organisations, words] = await Promise.all([
    readOrganisations(campaign),
    letter.text ? readWritten(letter.campaign, letter.text) : readWords(campaign, target.languages),
  ]);
  return words && { campaign, organisations, target, ...words };
}

/** The words for an office that reads these languages. */
async function readWords(campaign: Campaign, languages: string[]) {
  return chooseText(languages, await readTexts(campaign.slug), campaign.defaultLanguage);
}

async function readWritten(campaign: string, { language, version, fallback }: NonNullable<Letter['text']>) {
  const text = await getText(campaign, language, version);
  if (!text) throw new Error('The text of a letter is not there');
  return { text, fallback };
}
