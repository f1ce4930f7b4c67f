import { matchLanguage } from '../../shared/kernel/match-language.ts';
import { invalidFields } from '../../shared/kernel/validate.ts';
import { readOrganisations } from '../campaigns/read.ts';
import { readDailyCounts, readStanding } from '../tallies/read.ts';
import { readTargets, type Target } from '../targets/read.ts';
import { toLanguage } from './check-letter-text.ts';
import { chooseText } from './choose-text.ts';
import type { Occasion } from './compose-letter.ts';
import { toNumber } from './letter.ts';
import type { Parties } from './letter-parties.ts';
import type { LetterTextVersion } from './letter-text.ts';
import { toHistory } from './request-letters.ts';
import { readTexts } from './text-store.ts';
import type { WritingCampaign } from './writing-campaign.ts';

type Words = Pick<Parties, 'text' | 'fallback'>;

/** A letter that nothing has given rise to yet, and those it is between. */
export interface Draft extends Omit<Parties, keyof Words> {
  letter: Occasion;
  /** Undefined when the campaign has a text in none of the office's languages, and none in its own. */
  words: Words | undefined;
  /** Whether the campaign has a text in one of the office's languages, also when another was asked for. */
  speaksTheirs: boolean;
}

/**
 * A letter to an office as it would be now, in the language asked for or else in the one that it would be sent in.
 * @throws Problem `invalid-fields` when the campaign does not write to the office, or has no text in the language.
 */
export async function readDraft(
  campaign: WritingCampaign,
  { target: id, lang }: { target: string; lang?: string | undefined },
  now: number,
): Promise<Draft> {
  const [targets, texts, organisations] = await Promise.all([
    readTargets(campaign.targets, now),
    readTexts(campaign.slug),
    readOrganisations(campaign),
  ]);
  const target = requireTarget(targets, id);
  const usual = chooseText(target.languages, texts, campaign.defaultLanguage);
  return {
    campaign,
    organisations,
    target,
    words: lang === undefined ? usual : requireText(texts, lang, target),
    speaksTheirs: usual?.fallback === false,
    letter: await readOccasion(campaign, target.area_id, now),
  };
}

function requireTarget(targets: Target[], id: string): Target {
  const target = targets.find((each) => each.id === id);
  if (target) return target;
  const message = 'The campaign does not write to this office; give the id of one that it has selected.';
  throw invalidFields([{ pointer: '/target', code: 'not-a-target', message }]);
}

function requireText(texts: LetterTextVersion[], lang: string, { languages }: Target): Words {
  const offered = texts.map(({ language }) => language);
  const tag = toLanguage(lang);
  const found = tag && matchLanguage(tag, offered);
  const text = texts.find(({ language }) => language === found);
  if (text) return { text, fallback: !languages.some((each) => matchLanguage(each, [text.language])) };
  const message = `The campaign has no letter text in this language; it has: ${offered.join(', ') || 'none'}.`;
  throw invalidFields([{ pointer: '/lang', code: 'no-text', message }]);
}

/**
 * The milestone of the world that the campaign reached last is what its letters tell of now; before the first, the one
 * to come. Only the figures are those of this moment: no letter with such a number exists, and none ever will.
 */
async function readOccasion(
  { slug, opensAt }: WritingCampaign,
  country: string,
  now: number,
): Promise<Occasion> {
  const [{ figures, goals }, days] = await Promise.all([readStanding(slug, now), readDailyCounts(slug, now)]);
  const occasion = { scope: 'world', threshold: goals.reached.at(-1) ?? goals.next ?? figures.signatures };
  return {
    number: toNumber(slug, now, 'DRAFT'),
    country,
    occasion,
    figures,
    history: toHistory(days, figures.signatures, now, opensAt),
    requestedAt: now,
  };
}
