import { isCountry } from '../../shared/kernel/jurisdiction.ts';
import { inTongue, inTongueOrAny } from '../../shared/kernel/local-text.ts';
import { usefulContact } from '../../shared/kernel/useful-contact.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import type { Target } from '../targets/read.ts';
import type { Letter } from './letter.ts';
import { LetterContent } from './letter-content.ts';
import { letterError } from './letter-error.ts';
import type { Halted, Parties } from './letter-parties.ts';
import { LetterText } from './letter-text.ts';
import type { WritingCampaign } from './writing-campaign.ts';

const dayLength = 24 * 60 * 60 * 1_000;

/** What a letter is about, before anything is known of its words. */
export type Occasion = Pick<
  Letter,
  'number' | 'country' | 'occasion' | 'figures' | 'history' | 'requestedAt'
>;

/**
 * All that is said in a letter, in one language throughout.
 * @throws LetterError `invalid-content` that names what cannot stand in a letter.
 */
export function toContent(letter: Occasion, parties: Parties, siteUrl: string): LetterContent {
  const { campaign, organisations, target, text } = parties;
  const content = LetterContent.safeParse({
    number: letter.number,
    date: utcDay(letter.requestedAt),
    language: text.language,
    text: LetterText.strip().parse(text),
    url: `${siteUrl}/c/${campaign.slug}`,
    verifyUrl: `${siteUrl}/letters/${letter.number}`,
    organisations: organisations.map(({ name, country }) => ({ name, ...(country && { country }) })),
    addressee: toAddressee(target, text.language),
    occasion: { ...letter.occasion, reached: reachedOf(letter) },
    figures: toFigures(letter, campaign),
    history: letter.history,
    signatory: campaign.letters.signatory,
    ...replyBy(campaign, letter.requestedAt),
  });
  if (!content.success)
    throw letterError(
      'invalid-content',
      letter.number,
      content.error.issues.map(({ path }) => path.join('.')),
    );
  return content.data;
}

/** The e-mail address that letters to the office go to; undefined when it takes none by e-mail, or has none of use. */
export function mailAddressOf(target: Target): string | undefined {
  return target.channel === 'email' ? usefulContact(target)?.value : undefined;
}

/** Where an approved letter stands that cannot be mailed: a person brings it, or the registry has to be mended. */
export function withoutMail({ channel }: Target): Halted {
  return channel === 'email'
    ? { to: 'failed', reason: 'no-address' }
    : { to: 'composed', reason: 'not-by-email' };
}

/** Words in another language than the letter's are left out, but for the office's name, which must stand there. */
function toAddressee(target: Target, language: string): LetterContent['addressee'] {
  const { holder, label, salutation, area_id, contact_details } = target;
  const postal = contact_details.find(({ type, status }) => type === 'address' && status !== 'retired');
  const honorific = inTongue(holder?.honorific_prefix, language);
  const greeting = inTongue(salutation, language);
  return {
    ...(holder && { holder: holder.name, ...(honorific && { honorific }) }),
    ...(greeting && { salutation: greeting }),
    office: inTongueOrAny(label, language),
    country: area_id,
    ...(postal && { addressLines: postal.value.split('\n').filter(Boolean) }),
  };
}

function reachedOf({ occasion, figures }: Occasion): number {
  return occasion.scope === 'world' ? figures.signatures : (figures.byCountry[occasion.scope] ?? 0);
}

function toFigures(letter: Occasion, campaign: WritingCampaign): LetterContent['figures'] {
  const { figures, country, requestedAt } = letter;
  const openedOn = campaign.opensAt.slice(0, 10);
  return {
    signatures: figures.signatures,
    ...(isCountry(country) && { here: countHere(figures.byCountry, country) }),
    countries: Object.keys(figures.byCountry).length,
    pledges: figures.pledges.map(({ currency, count, amount }) => ({ currency, count, amountMinor: amount })),
    openedOn,
    days: Math.max(1, Math.floor((requestedAt - Date.parse(openedOn)) / dayLength) + 1),
  };
}

/** Countries with as many signatures share a place; one without any has none. */
function countHere(byCountry: Record<string, number>, country: string) {
  const signatures = byCountry[country] ?? 0;
  if (signatures === 0) return { signatures };
  const ahead = Object.values(byCountry).filter((count) => count > signatures);
  return { signatures, rank: ahead.length + 1 };
}

function replyBy({ letters }: WritingCampaign, at: number): { replyBy?: string } {
  const { replyWithinDays } = letters;
  return replyWithinDays ? { replyBy: utcDay(at + replyWithinDays * dayLength) } : {};
}
