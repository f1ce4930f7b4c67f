import { chooseLanguage, inLanguage, type Language, type Texts } from '../../shared/kernel/language.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import { type Campaign, readLanguages, readTexts, type Target } from '../campaigns/read.ts';
import type { Letter } from './letter.ts';
import { LetterContent } from './letter-content.ts';
import { letterError } from './letter-error.ts';
import type { Parties } from './letter-parties.ts';

/**
 * All that is said in a letter, in one language throughout.
 * @throws LetterError `invalid-content` that names what cannot stand in a letter.
 */
export function toContent(
  letter: Letter,
  { campaign, organisation, target }: Parties,
  siteUrl: string,
): LetterContent {
  const language = languageOf(campaign, target);
  const said = (texts: Texts) => inLanguage(texts, language, campaign.defaultLanguage);
  const { title, asks } = readTexts(campaign, language);
  const { signatory, place } = campaign.letters;
  const content = LetterContent.safeParse({
    number: letter.number,
    date: utcDay(letter.requestedAt),
    place: said(place),
    language,
    campaign: { title, ask: asks, url: `${siteUrl}/c/${campaign.slug}` },
    organisations: [{ name: organisation }],
    addressee: {
      ...(target.holder && { holder: target.holder }),
      ...(target.honorific && { honorific: target.honorific }),
      office: said(target.office),
      country: target.country,
      ...(target.addressLines.length > 0 && { addressLines: target.addressLines }),
    },
    occasion: { ...letter.occasion, reached: reachedOf(letter) },
    figures: toFigures(letter, campaign),
    signatory: { ...signatory, role: said(signatory.role) },
  });
  if (!content.success)
    throw letterError(
      'invalid-content',
      letter.number,
      content.error.issues.map(({ path }) => path.join('.')),
    );
  return content.data;
}

/** The first of the target's languages that the campaign has texts in, else English, else the campaign's own. */
function languageOf(campaign: Campaign, target: Target): Language {
  return chooseLanguage([...target.languages, 'en'], readLanguages(campaign), campaign.defaultLanguage);
}

function reachedOf({ occasion, figures }: Letter): number {
  return occasion.scope === 'world' ? figures.signatures : (figures.byCountry[occasion.scope] ?? 0);
}

function toFigures({ figures, country }: Letter, campaign: Campaign): LetterContent['figures'] {
  return {
    signatures: figures.signatures,
    signaturesHere: figures.byCountry[country] ?? 0,
    countries: Object.keys(figures.byCountry).length,
    pledges: figures.pledges.map(({ currency, count, amount }) => ({ currency, count, amountMinor: amount })),
    openedOn: campaign.opensAt.slice(0, 10),
  };
}
