import type { Language, Texts } from '../../shared/kernel/language.ts';
import type { Campaign } from './campaign.ts';
import { blocks, type CampaignProblem, nameLanguage, warns } from './campaign-problem.ts';
import { asked, languagesOf, versionInForce } from './publish-campaign.ts';

/** Words in some languages, and where they stand in the settings. */
interface Said {
  texts: Texts;
  pointer: string;
  what: string;
}

/** What is not said in a language that the campaign has a title in, or only seems to be. */
export function listTextProblems(campaign: Campaign): CampaignProblem[] {
  return [
    ...ofDefault(campaign),
    ...asked(campaign).flatMap((consent, at) => ofConsent(campaign, consent, at)),
    ...ofPledge(campaign),
    ...languagesOf(campaign).flatMap((language) => ofTranslation(campaign, language)),
  ];
}

function ofDefault({ texts, defaultLanguage }: Campaign): CampaignProblem[] {
  if (texts[defaultLanguage]) return [];
  const message = `The campaign has no texts in its own language, ${nameLanguage(defaultLanguage)}: write them, or choose another one.`;
  return [blocks('no-default-text', message, { pointer: `/texts/${defaultLanguage}` })];
}

/** What a partner asks may be in its own language alone; whoever reads another one is asked in the campaign's. */
function ofConsent(campaign: Campaign, consent: Campaign['consents'][number], at: number): CampaignProblem[] {
  const { texts } = versionInForce(consent);
  const said = { texts, pointer: `/consents/${at}/texts`, what: `The consent “${consent.id}”` };
  const { partner } = consent;
  return [
    ...languagesWithout(campaign, said).map((language) => {
      if (partner !== undefined && language === campaign.defaultLanguage)
        return notByPartner(campaign, partner, language);
      const severe = partner === undefined ? blocks : warns;
      return severe('consent-without-text', lackMessage(said, language), placeOf(said, language));
    }),
    ...placeholdersIn(said),
  ];
}

/** Only the partner says what it asks: it is in no settings of the campaign. */
function notByPartner({ slug }: Campaign, partner: string, language: Language): CampaignProblem {
  const message = `What ${partner} asks of its supporters is not said in ${nameLanguage(language)}, the language of the campaign: have ${partner} say it first (PUT /v1/organisations/${partner}/partnerships/${slug}), or choose another language.`;
  return blocks('consent-without-text', message, { pointer: '/defaultLanguage', language });
}

function ofPledge(campaign: Campaign): CampaignProblem[] {
  const { pledge, kinds } = campaign;
  if (!pledge || !kinds.includes('pledge')) return [];
  const parts: Said[] = [
    { texts: pledge.beneficiary, pointer: '/pledge/beneficiary', what: 'Who receives the pledges' },
    { texts: pledge.purpose, pointer: '/pledge/purpose', what: 'What the pledges are for' },
  ];
  return parts.flatMap((said) => [
    ...languagesWithout(campaign, said).map((language) =>
      blocks('missing-translation', lackMessage(said, language), placeOf(said, language)),
    ),
    ...placeholdersIn(said),
  ]);
}

/** What was copied from the campaign's own language, or left for later. */
function ofTranslation({ texts, defaultLanguage }: Campaign, language: Language): CampaignProblem[] {
  return (['title', 'summary', 'text'] as const).flatMap((part) => {
    const [words, own] = [texts[language]?.[part] ?? '', texts[defaultLanguage]?.[part]];
    const said = { texts: { [language]: words }, pointer: `/texts/${language}`, what: part };
    const place = { pointer: `/texts/${language}/${part}`, language };
    if (words.trim() === '') {
      const message = `The ${part} is empty in ${nameLanguage(language)}: write it.`;
      return [blocks('missing-translation', message, place)];
    }
    const left = placeholdersIn(said).map((problem) => ({ ...problem, ...place }));
    // A title may be a name, which is the same in all languages.
    if (part === 'title' || language === defaultLanguage || words !== own) return left;
    const message = `The ${part} in ${nameLanguage(language)} is that in ${nameLanguage(defaultLanguage)}: translate it, or leave the language out.`;
    return [...left, warns('untranslated', message, place)];
  });
}

function languagesWithout(campaign: Campaign, { texts }: Said): Language[] {
  return languagesOf(campaign).filter((language) => !texts[language]?.trim());
}

function placeholdersIn({ texts, pointer, what }: Said): CampaignProblem[] {
  const left = Object.entries(texts).filter(([, words]) => /\b(?:TBD|FIXME|XXX)\b|lorem ipsum/i.test(words));
  return left.map(([language]) => {
    const message = `${what} has words in ${nameLanguage(language)} that stand for others: write them.`;
    return warns('placeholder', message, { pointer: `${pointer}/${language}`, language });
  });
}

function lackMessage({ what }: Said, language: Language): string {
  return `${what} is not said in ${nameLanguage(language)}, in which the campaign has a title: write it.`;
}

function placeOf({ pointer }: Said, language: Language) {
  return { pointer: `${pointer}/${language}`, language };
}
