import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { readCampaign, readLanguages, readTexts } from '../campaigns/read.ts';
import { readPublicTally } from '../tallies/read.ts';
import { noSuchLetter } from './letter-number.ts';
import type { LetterProof } from './letter-proof.ts';
import { findLetter } from './letter-store.ts';
import { toProof } from './prove-letter.ts';
import { isPublic } from './public-letter.ts';

/**
 * The letter with exactly this number, for anyone, in the first wanted language that pages are in; else in the letter's.
 * @throws Problem `not-found`, the same one for a letter that is not public.
 */
export async function readProof(
  number: string,
  wanted: Array<string | undefined>,
  now: number,
): Promise<LetterProof> {
  const letter = await findLetter(number);
  if (!isPublic(letter)) throw noSuchLetter();
  const [campaign, tally] = await Promise.all([
    readCampaign(letter.campaign, now),
    readPublicTally(letter.campaign, now),
  ]);
  if (!campaign) throw noSuchLetter();
  const language = chooseLanguage([...wanted, letter.text.language], languages, campaign.defaultLanguage);
  return toProof(letter, { language, campaign: named(campaign, [language, ...wanted]) }, tally);
}

type Campaign = NonNullable<Awaited<ReturnType<typeof readCampaign>>>;

/** The title in a language that the campaign has. */
function named(campaign: Campaign, wanted: Array<string | undefined>): LetterProof['campaign'] {
  const { slug, defaultLanguage } = campaign;
  const language = chooseLanguage(wanted, readLanguages(campaign), defaultLanguage);
  return { slug, title: readTexts(campaign, language).title, language, url: `/c/${slug}` };
}
