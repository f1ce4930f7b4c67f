import { describe, expect, test } from 'vitest';
import { mailAddressOf, toContent } from '../../functions/letters/compose-letter.ts';
import type { Parties } from '../../functions/letters/letter-parties.ts';
import { aWritingCampaign } from '../support/a-campaign.ts';
import { aLetterText } from '../support/a-letter-text.ts';
import { aStoredLetter } from '../support/a-stored-letter.ts';
import { aTarget } from '../support/a-target.ts';

const site = 'https://groundswell.example.org';
const write = (letter = aStoredLetter(), parties: Partial<Parties> = {}) =>
  toContent(letter, { ...someParties, ...parties }, site);

const someParties: Parties = {
  campaign: aWritingCampaign(),
  organisations: [
    { slug: 'demo-network', name: 'Demo Network' },
    { slug: 'minds-fr', name: 'Minds France', country: 'FR' },
  ],
  target: aTarget(),
  text: aLetterText(),
  fallback: false,
};

describe('what a letter says', () => {
  test('is the campaign’s ask, to the target, with the figures of its milestone', () => {
    expect(write()).toEqual({
      number: aStoredLetter().number,
      date: '2026-11-20',
      language: 'en',
      text: {
        title: 'Mental health for all',
        place: 'Geneva',
        role: 'Director',
        asks: ['Fund what works.'],
        messages: {},
      },
      url: `${site}/c/mental-health-for-all`,
      verifyUrl: `${site}/letters/${aStoredLetter().number}`,
      organisations: [{ name: 'Demo Network' }, { name: 'Minds France', country: 'FR' }],
      addressee: { office: 'Ministry of Health', country: 'KE', addressLines: ['Afya House', 'Nairobi'] },
      occasion: { scope: 'world', threshold: 10, reached: 12 },
      figures: {
        signatures: 12,
        here: { signatures: 7, rank: 1 },
        countries: 2,
        pledges: [{ currency: 'EUR', count: 1, amountMinor: 2_500 }],
        openedOn: '2026-10-10',
        days: 42,
      },
      history: aStoredLetter().history,
      signatory: { name: 'Amara Okafor', organisation: 'Minds in Common', email: 'letters@example.org' },
    });
  });

  test('is the count of the country at a milestone of a country', () => {
    const letter = aStoredLetter({ occasion: { scope: 'KE', threshold: 5 } });
    expect(write(letter).occasion).toEqual({ scope: 'KE', threshold: 5, reached: 7 });
  });

  test('is that nobody signed here yet, where nobody did: the country has no place then', () => {
    expect(write(aStoredLetter({ country: 'BR' })).figures.here).toEqual({ signatures: 0 });
  });

  test('is nothing of one country to a body of several', () => {
    expect(write(aStoredLetter({ country: '002' })).figures.here).toBeUndefined();
  });

  test.each([
    ['KE', 1],
    ['FR', 2],
    ['DE', 2],
    ['MX', 4],
  ])('gives countries with as many signatures the same place: %s', (country, rank) => {
    const figures = { ...aStoredLetter().figures, byCountry: { KE: 9, FR: 4, DE: 4, MX: 1 } };
    expect(write(aStoredLetter({ country, figures })).figures.here).toMatchObject({ rank });
  });

  test('asks for a reply by a day, where the campaign wants one', () => {
    const { letters } = aWritingCampaign();
    const campaign = aWritingCampaign({ letters: { ...letters, replyWithinDays: 60 } });
    expect(write(aStoredLetter(), { campaign }).replyBy).toBe('2027-01-19');
  });

  test('greets the holder in the letter’s language only', () => {
    const target = aTarget({
      label: { en: 'Ministry of Health', sw: 'Wizara ya Afya' },
      holder: { name: 'Dr Wanjiru', honorific_prefix: { en: 'The Honourable' } },
      salutation: { en: 'Dear Minister' },
      contact_details: [],
    });
    expect(write(aStoredLetter(), { target }).addressee).toEqual({
      holder: 'Dr Wanjiru',
      honorific: 'The Honourable',
      salutation: 'Dear Minister',
      office: 'Ministry of Health',
      country: 'KE',
    });
    const text = aLetterText({ language: 'sw' });
    expect(write(aStoredLetter(), { target, text }).addressee).toEqual({
      holder: 'Dr Wanjiru',
      office: 'Wizara ya Afya',
      country: 'KE',
    });
  });

  test('names an office that has no name in the letter’s language by its English one, else by any', () => {
    const officeOf = (label: Record<string, string>) =>
      write(aStoredLetter(), { target: aTarget({ label }), text: aLetterText({ language: 'fr' }) }).addressee
        .office;
    expect(officeOf({ sw: 'Wizara ya Afya', en: 'Ministry of Health' })).toBe('Ministry of Health');
    expect(officeOf({ sw: 'Wizara ya Afya' })).toBe('Wizara ya Afya');
  });
});

test('what cannot stand in a letter is named, and stops it', () => {
  const target = aTarget({ holder: { name: 'Dr \u202eWanjiru' }, label: {} });
  expect(() => write(aStoredLetter(), { target })).toThrow(
    expect.objectContaining({
      name: 'LetterError',
      code: 'invalid-content',
      facts: ['addressee.holder', 'addressee.office'],
    }),
  );
});

describe('the address that a letter goes to', () => {
  const email = (value: string, status: 'unverified' | 'verified' | 'bounced' | 'retired') =>
    ({ type: 'email', value, status }) as const;

  test('is one that was verified before one that was not', () => {
    const contact_details = [email('a@example.org', 'unverified'), email('b@example.org', 'verified')];
    expect(mailAddressOf(aTarget({ contact_details }))).toBe('b@example.org');
  });

  test('is none that bounced or is no longer in use', () => {
    const contact_details = [email('a@example.org', 'bounced'), email('b@example.org', 'retired')];
    expect(mailAddressOf(aTarget({ contact_details }))).toBeUndefined();
    contact_details.push(email('c@example.org', 'unverified'));
    expect(mailAddressOf(aTarget({ contact_details }))).toBe('c@example.org');
  });
});
