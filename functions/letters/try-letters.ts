import { log } from '../../shared/aws/log.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import { readOrganisations } from '../campaigns/read.ts';
import type { Organisation } from '../network/read.ts';
import type { Target } from '../targets/read.ts';
import { chooseText } from './choose-text.ts';
import { type Occasion, toContent } from './compose-letter.ts';
import { toNumber } from './letter.ts';
import type { LetterContent } from './letter-content.ts';
import { isLetterError, type LetterErrorCode } from './letter-error.ts';
import type { Parties } from './letter-parties.ts';
import type { LetterTextVersion } from './letter-text.ts';
import { scriptsOf } from './scripts-of.ts';
import { readTexts } from './text-store.ts';
import { bundledLetterAssets, defineTypesetter, type TypesetLetter } from './typeset-letter.ts';
import type { WritingCampaign } from './writing-campaign.ts';

/** Why a letter to an office cannot be written; `facts` are those of a `LetterError`. */
export interface LetterFault {
  target: string;
  language: string;
  code: LetterErrorCode;
  facts: string[];
}

/** What would become of a campaign's letters. */
export interface LetterTrial {
  /** Languages (BCP 47) that the campaign has words in. */
  written: string[];
  /** Offices that there are no words for: in none of their languages, and not in the campaign's own. */
  wordless: Target[];
  /** Offices that are written to in the campaign's own language, for want of words in one of theirs. */
  fallbacks: Target[];
  faults: LetterFault[];
}

export type TryLetters = (campaign: WritingCampaign, targets: Target[], now: number) => Promise<LetterTrial>;

/** Setting a letter takes about 40 ms: the caller waits for all of them. */
const mostSet = 100;
const dayLength = 24 * 60 * 60 * 1_000;

/**
 * Makes the function that writes a campaign's letters as they would be at its first milestone, and keeps and sends none.
 * `folder` is that of the assets (`copyLetterAssets`): the function has to have typst beside it.
 */
export function defineLetterTrial(folder: string, siteUrl: string): TryLetters {
  const typeset = defineTypesetter(bundledLetterAssets(folder));
  return async (campaign, targets, now) => {
    const [texts, organisations] = await Promise.all([readTexts(campaign.slug), readOrganisations(campaign)]);
    const drafts = toDrafts(campaign, organisations, targets, texts);
    const contents = drafts.map((draft) => tryContent(draft, siteUrl, now));
    return {
      written: texts.map(({ language }) => language),
      wordless: targets.filter((target) => !drafts.some((draft) => draft.target === target)),
      fallbacks: drafts.filter(({ fallback }) => fallback).map(({ target }) => target),
      faults: [
        ...contents.flatMap(({ fault }) => fault ?? []),
        ...differing(contents).flatMap((each) => trySetting(each, typeset, campaign.slug)),
      ],
    };
  };
}

/** One for each office that there are words for. */
function toDrafts(
  campaign: WritingCampaign,
  organisations: Organisation[],
  targets: Target[],
  texts: LetterTextVersion[],
): Parties[] {
  return targets.flatMap((target) => {
    const words = chooseText(target.languages, texts, campaign.defaultLanguage);
    return words ? [{ campaign, organisations, target, ...words }] : [];
  });
}

interface Tried {
  target: string;
  language: string;
  content?: LetterContent;
  fault?: LetterFault;
}

function tryContent(parties: Parties, siteUrl: string, now: number): Tried {
  const { target, text, campaign } = parties;
  const about = { target: target.id, language: text.language };
  try {
    return { ...about, content: toContent(firstOccasion(campaign, target.area_id, now), parties, siteUrl) };
  } catch (error) {
    return { ...about, fault: toFault(about, error) };
  }
}

/** Before anybody has signed, a letter would have no figures to set. */
function firstOccasion(
  { slug, opensAt, milestones }: WritingCampaign,
  country: string,
  now: number,
): Occasion {
  const requestedAt = Math.max(now, Date.parse(opensAt));
  const threshold = milestones.world[0] ?? 1;
  return {
    number: toNumber(slug, requestedAt, 'DRAFT'),
    country,
    occasion: { scope: 'world', threshold },
    figures: { signatures: threshold, byCountry: {}, pledges: [] },
    history: [
      { day: utcDay(requestedAt - dayLength), count: 0 },
      { day: utcDay(requestedAt), count: threshold },
    ],
    requestedAt,
  };
}

/**
 * One letter in each language, and another for each office that is written in other scripts: what can be set for one
 * Ministry of Health can be set for all of them.
 */
function differing(tried: Tried[]): Array<Tried & { content: LetterContent }> {
  const kinds = new Map<string, Tried & { content: LetterContent }>();
  for (const { content, ...about } of tried) {
    if (!content) continue;
    const kind = `${about.language} ${scriptsOf(JSON.stringify(content.addressee))}`;
    if (!kinds.has(kind)) kinds.set(kind, { ...about, content });
  }
  return [...kinds.values()].slice(0, mostSet);
}

function trySetting(
  { content, ...about }: Tried & { content: LetterContent },
  typeset: TypesetLetter,
  campaign: string,
): LetterFault[] {
  try {
    typeset({ ...content, draft: true });
    return [];
  } catch (error) {
    const fault = toFault(about, error);
    log('warn', 'a letter of a campaign cannot be typeset', { campaign, reason: fault.code, error });
    return [fault];
  }
}

function toFault(
  { target, language }: Pick<LetterFault, 'target' | 'language'>,
  error: unknown,
): LetterFault {
  if (!isLetterError(error)) throw error;
  return { target, language, code: error.code, facts: error.facts };
}
