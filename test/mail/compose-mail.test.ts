import { describe, expect, test } from 'vitest';
import { composeMail, type SupporterMail } from '../../functions/mail/compose-mail.ts';
import { mailTexts } from '../../functions/mail/mail-text.ts';
import { type Language, languages } from '../../shared/kernel/language.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { allSupporterMails } from '../support/a-supporter-mail.ts';

const everyMail = languages.flatMap((language) =>
  allSupporterMails(language).map(([name, mail]) => [language, name, mail] as const),
);
const [aConfirmation, , , aNewAmount] = allSupporterMails('en').map(([, mail]) => mail) as SupporterMail[];

describe.each(everyMail)('in %s, the mail “%s”', (language, _name, mail) => {
  const { subject, text, html } = composeMail(mail);
  const wanted = linksOf(mail);

  test('has its links, and no others, in both parts', () => {
    expect(text.match(/https?:\S+/g)).toEqual(wanted);
    const hrefs = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => unescapeHtml(href ?? ''));
    expect([...new Set(hrefs)]).toEqual(wanted);
    for (const link of wanted) expect(visible(html)).toContain(link);
  });

  test('says the same in both parts, to a person, about the campaign', () => {
    for (const paragraph of text.trim().split(/\n+/).slice(0, -2)) {
      expect(visible(html)).toContain(paragraph.replace(/:$/, ''));
    }
    expect(text).toContain(mail.givenName);
    expect(text).toContain(mail.campaignTitle);
    expect(text).toContain(mail.organisation);
    expect(subject).toContain(mail.campaignTitle);
    expect(subject).not.toMatch(/[\r\n{}]/);
    expect(text).not.toMatch(/[{}<>]|undefined/);
  });

  test('tells its language and direction, and loads nothing', () => {
    expect(html).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`);
    expect(html).not.toMatch(/<(?:img|link|script|style|table|iframe)|url\(|src=/i);
  });

  test('says until when its link is good, if it is one to confirm by', () => {
    expect(/2026.*(?:9:30.*UTC|UTC.*9:30)/.test(text)).toBe(mail.purpose !== 'already-confirmed');
  });
});

describe('a pledge', () => {
  test.each(languages)('names the amounts that are replaced, as %s writes them', (language) => {
    const mail = allSupporterMails(language)[3]?.[1] as SupporterMail;

    const { subject, text } = composeMail(mail);

    for (const amount of [2_500, 5_000]) {
      expect(subject).toContain(formatMoney(amount, 'EUR', language));
      expect(text).toContain(formatMoney(amount, 'EUR', language));
    }
  });

  test('of the same amount every month instead of once is another amount', () => {
    const after = { amount: 2_500, currency: 'EUR', interval: 'monthly' };

    const { subject } = composeMail({ ...aNewAmount, after } as SupporterMail);

    expect(subject).toBe('Replace €25.00 by €25.00 a month? Mental health for all');
  });
});

describe('a pledge without money', () => {
  test.each(languages)('is named in %s, with no amount', (language) => {
    const mail = mailNamed('confirm a pledge without money', language);

    const { text } = composeMail(mail);

    expect(text).toContain(mailTexts[language].support);
    expect(text).not.toContain('€');
  });

  test('is confirmed as a promise that replaces one of money, or is replaced by it', () => {
    const replaced = mailNamed('replace money by backing without it', 'en');
    const { before, after } = replaced as Record<'before' | 'after', object> & SupporterMail;

    const subjects = [replaced, { ...replaced, before: after, after: before } as SupporterMail].map(
      (mail) => composeMail(mail).subject,
    );

    expect(subjects).toEqual([
      'Replace €25.00 by your backing without money? Mental health for all',
      'Replace your backing without money by €25.00? Mental health for all',
    ]);
  });

  test('with other details is the same pledge', () => {
    const replaced = mailNamed('replace money by backing without it', 'en');

    const { subject } = composeMail({ ...replaced, before: {} } as SupporterMail);

    expect(subject).toBe('Please confirm your new details: Mental health for all');
  });
});

describe('a condition', () => {
  test.each(languages)('is said in %s, with its number as it is written there', (language) => {
    const { subject, text } = composeMail(mailNamed('make a pledge depend on others', language));

    for (const part of [subject, text]) expect(part).toContain(formatCount(1_000, language));
  });

  test('of another number is another promise', () => {
    const before = { amount: 2_500, currency: 'EUR', atLeast: 100 };

    const { subject } = composeMail({
      ...mailNamed('make a pledge depend on others', 'en'),
      before,
    } as SupporterMail);

    expect(subject).toBe(
      'Replace €25.00 (only once 100 pledges are confirmed) by €25.00 (only once 1,000 pledges are confirmed)? Mental health for all',
    );
  });
});

describe('the given name', () => {
  test.each([
    '<b onclick="x">Bo</b>',
    '<script>alert(1)</script>',
    '{campaign}',
    "'{amount}' <a>",
    '"><img src=x>',
  ])('%s stays text', (givenName) => {
    const { text, html } = composeMail({ ...(aConfirmation as SupporterMail), givenName });

    expect(html).not.toMatch(/<(?:b|script|img)[\s>]/);
    expect(html.match(/<a /g)).toHaveLength(3);
    if (!/[/:@]/.test(givenName)) expect(text).toContain(`Hello ${givenName},`);
  });

  test.each([
    'https://evil.example',
    'evil.example',
    'Free money at evil.example',
    'a@evil.example',
    'пример.испытание',
  ])('%s is left out: a mail reader would make a link of it', (givenName) => {
    const { text, html } = composeMail({ ...(aConfirmation as SupporterMail), givenName });

    expect(text).toMatch(/^Hello,\n/);
    expect(visible(html)).not.toContain(givenName);
  });

  test.each([
    ['J. R. R.', 'J. R. R.'],
    ['J.R.R.', 'J.R.R.'],
    ['Anne\r\nBcc: x', 'none'],
    ['Anne\r\n Marie', 'Anne Marie'],
    ['Anne\u202eeiraM', 'AnneeiraM'],
    ['\u2067Anne', 'Anne'],
    ['क्‍ष', 'क्‍ष'],
    ['A'.repeat(200), 'A'.repeat(60)],
    ['  ', 'none'],
  ])('%j greets %s', (givenName, greeted) => {
    const { text } = composeMail({ ...(aConfirmation as SupporterMail), givenName });

    expect(text.split('\n')[0]).toBe(greeted === 'none' ? 'Hello,' : `Hello ${greeted},`);
  });
});

function mailNamed(name: string, language: Language): SupporterMail {
  return new Map(allSupporterMails(language)).get(name) as SupporterMail;
}

function formatCount(count: number, language: Language): string {
  return new Intl.NumberFormat(language).format(count);
}

function linksOf(mail: SupporterMail): string[] {
  if (mail.purpose === 'already-confirmed') return [mail.manageUrl];
  return [mail.confirmUrl, mail.manageUrl];
}

function visible(html: string): string {
  return unescapeHtml(html.replace(/<[^>]*>/g, ''));
}

function unescapeHtml(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
