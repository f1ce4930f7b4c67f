import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { type MailPart, toHtmlMail, toTextMail } from './mail-layout.ts';
import { formatText, mailTexts } from './mail-text.ts';

/**
 * What was pledged: minor units of a currency of ISO 4217, once unless said otherwise; with neither, backing of the
 * demand without money. It may hold only once so many (`atLeast`) have pledged.
 */
interface Promised {
  amount?: number | undefined;
  currency?: string | undefined;
  interval?: 'once' | 'monthly' | undefined;
  atLeast?: number | undefined;
}

interface Addressed {
  language: Language;
  /** As typed by whoever asked for the mail, who need not be its reader. */
  givenName: string;
  campaignTitle: string;
  /** Name of the organisation that owns the campaign. */
  organisation: string;
}
interface ToConfirm {
  confirmUrl: string;
  /** Kept by the supporter: the one lasting link to what was confirmed. */
  manageUrl: string;
  linkExpiresAt: Date;
}
type OfName = { kind: 'signature' | 'endorsement' };
/** A pledge as it will stand after confirming. */
type OfPledge = { kind: 'pledge'; after: Promised };

/** The first request of an address, or one that came before anything was confirmed. */
type Confirm = Addressed & ToConfirm & { purpose: 'confirm' } & (OfName | OfPledge);
/** A repeat with other details than those confirmed. */
type ConfirmChange = Addressed &
  ToConfirm & { purpose: 'confirm-change' } & (OfName | (OfPledge & { before: Promised }));
/** A repeat that changes nothing. */
type AlreadyConfirmed = Addressed & {
  purpose: 'already-confirmed';
  manageUrl: string;
  kind: ActionKind;
};

/** What a supporter is written about, and all that is said in it. */
export type SupporterMail = Confirm | ConfirmChange | AlreadyConfirmed;

export interface ComposedMail {
  subject: string;
  text: string;
  html: string;
}

/** Writes the mail in the supporter's language, as text and as HTML with the same words and the same links. */
export function composeMail(mail: SupporterMail): ComposedMail {
  const { language, campaignTitle, organisation } = mail;
  const words = wordsFor(mail);
  const values = { campaign: campaignTitle, organisation, ...promisesOf(mail) };
  const say = (pattern: string) => formatText(pattern, language, values);
  const parts: MailPart[] = [
    { text: greetingOf(mail) },
    { text: say(words.why) },
    ...linksOf(mail, say(words.button)),
    { text: say(words.close) },
    ...(mail.purpose === 'already-confirmed' ? [] : [manageLink(mail)]),
  ];
  const content = { language, title: campaignTitle, sender: organisation, parts };
  return { subject: say(words.subject), text: toTextMail(content), html: toHtmlMail(content) };
}

function wordsFor(mail: SupporterMail) {
  const texts = mailTexts[mail.language];
  const replacesPromise =
    mail.purpose === 'confirm-change' && mail.kind === 'pledge' && !isSame(mail.before, mail.after);
  return replacesPromise ? texts['confirm-change'].amount : texts[mail.purpose][mail.kind];
}

function linksOf(mail: SupporterMail, label: string): MailPart[] {
  const texts = mailTexts[mail.language];
  const url = mail.purpose === 'already-confirmed' ? mail.manageUrl : mail.confirmUrl;
  const notice =
    mail.purpose === 'already-confirmed'
      ? formatText(texts.keepPrivate, mail.language)
      : formatText(texts.validUntil, mail.language, { expires: mail.linkExpiresAt });
  return [{ button: label, url, ifItFails: formatText(texts.buttonFails, mail.language) }, { text: notice }];
}

function manageLink({ purpose, language, manageUrl }: Confirm | ConfirmChange): MailPart {
  const { manage, manageLater } = mailTexts[language];
  return { link: formatText(purpose === 'confirm' ? manageLater : manage, language), url: manageUrl };
}

function greetingOf({ language, givenName }: SupporterMail): string {
  const name = safeName(givenName);
  const { greeting, greetingNameless } = mailTexts[language];
  return name ? formatText(greeting, language, { name }) : formatText(greetingNameless, language);
}

/**
 * The name is the one text in a mail that anybody can write to anyone. So it is short, on one line, of one direction,
 * and left out where a mail reader could make a link of it.
 */
function safeName(givenName: string): string {
  const name = givenName.replace(/[\s\p{Cc}]+/gu, ' ').replace(/\p{Bidi_Control}/gu, '');
  const linkable = /[:/@]|[\p{L}\p{N}]\.[\p{L}\p{N}]{2}/u.test(name.normalize('NFKC'));
  return linkable ? '' : [...name.trim()].slice(0, 60).join('').trim();
}

function promisesOf(mail: SupporterMail): Record<string, string> {
  if (mail.purpose === 'already-confirmed' || mail.kind !== 'pledge') return {};
  const after = promiseText(mail.after, mail.language);
  return mail.purpose === 'confirm' ? { after } : { before: promiseText(mail.before, mail.language), after };
}

function promiseText(promised: Promised, language: Language): string {
  const text = whatIsPromised(promised, language);
  const { atLeast } = promised;
  return atLeast
    ? formatText(mailTexts[language].onlyOnce, language, { amount: text, count: atLeast })
    : text;
}

function whatIsPromised({ amount, currency, interval }: Promised, language: Language): string {
  const { support, monthly } = mailTexts[language];
  if (amount === undefined || !currency) return formatText(support, language);
  const once = formatMoney(amount, currency, language);
  return interval === 'monthly' ? formatText(monthly, language, { amount: once }) : once;
}

function isSame(before: Promised, after: Promised): boolean {
  const [a, b] = [before, after].map(({ amount, currency, interval = 'once', atLeast }) =>
    [amount, currency, interval, atLeast].join(' '),
  );
  return a === b;
}
