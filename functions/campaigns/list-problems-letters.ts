import { inTongueOrAny } from '../../shared/kernel/local-text.ts';
import { matchLanguage } from '../../shared/kernel/match-language.ts';
import { usefulContact } from '../../shared/kernel/useful-contact.ts';
import type { LetterFault, LetterTrial } from '../letters/read.ts';
import type { Target } from '../targets/read.ts';
import type { Campaign } from './campaign.ts';
import { blocks, type CampaignProblem, nameLanguage, warns } from './campaign-problem.ts';
import { languagesOf } from './publish-campaign.ts';

/** Offices and faults that are named one by one. */
const mostNamed = 100;

interface Correspondence {
  campaign: Campaign;
  targets: Target[];
  /** Undefined when the campaign writes none. */
  letters: LetterTrial | undefined;
}

/** Whom letters do not reach, and which of them cannot be written, or only in another language. */
export function listLetterProblems({ campaign, targets, letters }: Correspondence): CampaignProblem[] {
  if (!letters) return ofOff(targets);
  if (targets.length === 0) {
    const message = 'No office is selected: choose whom the campaign addresses.';
    return [blocks('no-target', message, { pointer: '/targets' })];
  }
  return [
    ...ofReach(targets),
    ...ofWordless(letters, campaign),
    ...ofFallbacks(letters, campaign),
    ...ofLanguages(letters, campaign),
    ...letters.faults.slice(0, mostNamed).map((fault) => ofFault(fault, targets)),
  ];
}

/** Who has selected offices may think that they are written to. */
function ofOff(targets: Target[]): CampaignProblem[] {
  if (targets.length === 0) return [];
  const message = `Letters are off: nobody writes to ${count(targets)} that the campaign has selected. Give it letters in its settings, if it is to.`;
  return [warns('letters-off', message, { pointer: '/letters', count: targets.length })];
}

function ofReach(targets: Target[]): CampaignProblem[] {
  const lost = targets.filter((target) => !usefulContact(target));
  const named = lost.slice(0, mostNamed).map((target) => {
    const message = `${nameOf(target)} has no address that letters could go to (${target.channel}): have the registry corrected, or leave it out.`;
    return warns('unreachable-office', message, { target: target.id });
  });
  const [left, none] = [lost.length - named.length, lost.length === targets.length];
  return [
    ...(none
      ? [
          blocks('nobody-reachable', 'None of the offices has an address that letters could go to.', {
            pointer: '/targets',
            count: lost.length,
          }),
        ]
      : []),
    ...named,
    ...(left > 0
      ? [warns('more-unreachable-offices', `${left} more offices have no such address.`, { count: left })]
      : []),
  ];
}

function ofWordless(
  { wordless, written }: LetterTrial,
  { slug, defaultLanguage }: Campaign,
): CampaignProblem[] {
  if (wordless.length === 0) return [];
  const has =
    written.length > 0 ? `It has words in ${written.map(nameLanguage).join(', ')}.` : 'It has none at all.';
  const message = `The campaign has no words for its letters to ${count(wordless)}, in none of their languages, and none in its own, ${nameLanguage(defaultLanguage)}: they cannot be written. ${has} Write them: PUT /v1/campaigns/${slug}/letters/texts/${defaultLanguage}.`;
  return [blocks('no-letter-text', message, { language: defaultLanguage, count: wordless.length })];
}

/** By the language that the offices would rather read. */
function ofFallbacks({ fallbacks }: LetterTrial, { defaultLanguage }: Campaign): CampaignProblem[] {
  const byLanguage = Map.groupBy(fallbacks, ({ languages: [first = defaultLanguage] }) => first);
  return [...byLanguage].map(([language, offices]) => {
    const message = `Letters to ${count(offices)} that read ${nameLanguage(language)} will be in ${nameLanguage(defaultLanguage)}, until you have written the words for it.`;
    return warns('letters-fall-back', message, { language, count: offices.length });
  });
}

/** A campaign without any words is told so above. */
function ofLanguages({ written }: LetterTrial, campaign: Campaign): CampaignProblem[] {
  if (written.length === 0) return [];
  const missing = languagesOf(campaign).filter((language) => !matchLanguage(language, written));
  return missing.map((language) => {
    const message = `The campaign speaks ${nameLanguage(language)}, and its letters do not: write the words for them.`;
    return warns('letters-not-in-language', message, { language });
  });
}

const reasons: Record<LetterFault['code'], (facts: string) => string> = {
  'missing-glyph': (facts) =>
    `no font of the letter has these characters: ${facts}. Write them in another way.`,
  'invalid-content': (facts) =>
    `these parts do not fit a letter: ${facts}. Correct them in the registry or in the campaign.`,
  'no-text': (facts) => `these messages of its words are missing: ${facts}. Write them.`,
  'not-typeset': () => 'tell whoever runs this site; the log says why.',
};

function ofFault({ target, language, code, facts }: LetterFault, targets: Target[]): CampaignProblem {
  const office = targets.find(({ id }) => id === target);
  const reason = reasons[code](facts.join(code === 'missing-glyph' ? ' ' : ', '));
  const message = `The letter to ${office ? nameOf(office) : target} in ${nameLanguage(language)} cannot be typeset: ${reason}`;
  return blocks('letter-not-typeset', message, { target, language });
}

function nameOf({ id, label, area_id }: Target): string {
  return `${inTongueOrAny(label, 'en')}, ${area_id} (${id})`;
}

function count({ length }: unknown[]): string {
  return length === 1 ? 'one office' : `${length} offices`;
}
