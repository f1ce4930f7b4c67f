import { inTongue } from '../../shared/kernel/local-text.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import type { Target } from '../targets/read.ts';
import { mailAddressOf } from './compose-letter.ts';
import type { LetterError } from './letter-error.ts';
import type { Missing } from './preview-view.ts';
import type { Draft } from './read-draft.ts';

/** What a person should see to before the letter goes out, and why it cannot be typeset if it cannot. */
export function listMissing(draft: Draft, now: number, error?: LetterError): Missing[] {
  return [
    ...ofWords(draft),
    ...ofDelivery(draft.target),
    ...ofHolder(draft.target, now),
    ...ofNames(draft),
    ...ofCampaign(draft),
    ...ofError(error),
  ];
}

function ofWords({ target, words, speaksTheirs, campaign }: Draft): Missing[] {
  if (speaksTheirs) return [];
  const lack = `The campaign has no letter text in a language of the office (${target.languages.map(nameOf).join(', ')})`;
  const outcome = words
    ? `the letter is in ${nameOf(words.text.language)} until you save one.`
    : `and none in its own (${nameOf(campaign.defaultLanguage)}): the letter cannot be written before you save one.`;
  return [{ code: 'no-text', message: `${lack}; ${outcome}` }];
}

function ofDelivery(target: Target): Missing[] {
  const { channel, contact_details, requirements } = target;
  const has = (type: string, status: string) =>
    contact_details.some((each) => each.type === type && each.status === status);
  const missing: Missing[] = [];
  if (channel !== 'email') missing.push({ code: 'not-by-email', message: ways[channel] });
  else if (!mailAddressOf(target)) missing.push(has('email', 'bounced') ? bounced : noAddress);
  if (!contact_details.some(({ type, status }) => type === 'address' && status !== 'retired'))
    missing.push({
      code: 'no-postal-address',
      message: 'The office has no postal address: the letter shows none. Add it to the registry.',
    });
  const asked = Object.entries(requirements ?? {}).map(([name, text]) => `${terms[name]}: ${text}`);
  if (asked.length > 0)
    missing.push({
      code: 'requirements',
      message: `See to what the office requires of a petition. ${asked.join('. ')}`,
    });
  return missing;
}

const bounced: Missing = {
  code: 'address-bounced',
  message: 'Mail to the office came back: find another e-mail address, and add it to the registry.',
};
const noAddress: Missing = {
  code: 'no-address',
  message:
    'The office has no e-mail address that is of use: add one to the registry, or choose another channel.',
};
const ways: Record<Exclude<Target['channel'], 'email'>, string> = {
  post: 'The office takes letters by post: print this one, have it signed and send it.',
  'web-form': 'The office takes letters by a form on its web site: a person has to fill it in.',
  'by-hand': 'The office takes letters by hand: a person has to take this one there.',
};
const terms: Record<string, string> = {
  form: 'Form',
  sender_identity: 'Identity of the sender',
  file_number: 'File number',
};

function ofHolder({ holder }: Target, now: number): Missing[] {
  if (!holder) {
    const message =
      'Nobody is known to hold the office: the letter names no person. Add the holder to the registry.';
    return [{ code: 'no-holder', message }];
  }
  if (holder.end_date === undefined || holder.end_date >= utcDay(now)) return [];
  const message = `The term of ${holder.name} ended on ${holder.end_date}: find out who holds the office now.`;
  return [{ code: 'term-ended', message }];
}

/** What the registry does not say in the letter's language. */
function ofNames({ target, words }: Draft): Missing[] {
  if (!words) return [];
  const { language } = words.text;
  const missing: Missing[] = [];
  if (!inTongue(target.salutation, language))
    missing.push({
      code: 'no-salutation',
      message: `The registry has no salutation in ${nameOf(language)}: the letter opens with one that fits any office.`,
    });
  if (!inTongue(target.label, language))
    missing.push({
      code: 'no-office-name',
      message: `The registry does not name the office in ${nameOf(language)}: the letter names it in another language.`,
    });
  return missing;
}

function ofCampaign({ campaign, letter }: Draft): Missing[] {
  const missing: Missing[] = [];
  if (!campaign.letters.signatory.phone)
    missing.push({
      code: 'no-phone',
      message:
        'The signatory has no telephone number: an office may want to call back. Add it to the campaign.',
    });
  if (letter.figures.signatures === 0)
    missing.push({
      code: 'no-signatures',
      message: 'Nobody is counted yet: the letter has nothing to show.',
    });
  return missing;
}

/** What typst said of a page is for whoever runs the site: it is in the log. */
function ofError(error: LetterError | undefined): Missing[] {
  const { code, facts = [] } = error ?? {};
  const messages = {
    'missing-glyph': `No font of the letter has these characters: ${facts.join(' ')}. Write them in another way.`,
    'invalid-content': `These parts do not fit a letter: ${facts.join(', ')}. Correct them in the registry or the campaign.`,
    'not-typeset': 'The letter cannot be typeset. Tell whoever runs this site; the log says why.',
  };
  return code && code !== 'no-text' ? [{ code, message: messages[code] }] : [];
}

/** `Swahili (sw)` */
function nameOf(language: string): string {
  return `${new Intl.DisplayNames('en', { type: 'language' }).of(language)} (${language})`;
}
