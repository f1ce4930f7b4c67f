import { beforeAll, describe, expect, test } from 'vitest';
import type { LetterError } from '../../functions/letters/letter-error.ts';
import { letterError } from '../../functions/letters/letter-error.ts';
import type { listMissing } from '../../functions/letters/list-missing.ts';
import type { Draft } from '../../functions/letters/read-draft.ts';
import { aWritingCampaign, noon } from '../support/a-campaign.ts';
import { pointSdkTo } from '../support/a-database.ts';
import { aLetterText } from '../support/a-letter-text.ts';
import { aStoredLetter } from '../support/a-stored-letter.ts';
import { aTarget } from '../support/a-target.ts';

let list: typeof listMissing;
beforeAll(async () => {
  const tables = { LETTERS_TABLE: 'L', CAMPAIGNS_TABLE: 'C', TALLIES_TABLE: 'T', TARGETS_TABLE: 'O' };
  pointSdkTo('http://127.0.0.1:1', tables);
  list = (await import('../../functions/letters/list-missing.ts')).listMissing;
});

const complete = aTarget({
  holder: { name: 'Dr Wanjiru Achieng', end_date: '2026-11-20' },
  salutation: { en: 'Dear Minister' },
});
const signatory = { ...aWritingCampaign().letters.signatory, phone: '+41 22 555 01 00' };

function aDraft(changes: Partial<Draft> = {}): Draft {
  return {
    campaign: aWritingCampaign({ letters: { approval: false, signatory } }),
    organisations: [],
    target: complete,
    letter: aStoredLetter(),
    words: { text: aLetterText(), fallback: false },
    speaksTheirs: true,
    ...changes,
  };
}

const codesOf = (changes: Partial<Draft> = {}, error?: LetterError) =>
  list(aDraft(changes), noon, error).map(({ code }) => code);
const toOffice = (changes: Parameters<typeof aTarget>[0]) => codesOf({ target: { ...complete, ...changes } });
const address = { type: 'address', value: 'Afya House', status: 'unverified' } as const;
const mailbox = (status: 'unverified' | 'verified' | 'bounced' | 'retired') =>
  ({ type: 'email', value: `${status}@health.example.org`, status }) as const;

test('nothing is missing from a letter that has everything', () => {
  expect(codesOf()).toEqual([]);
});

describe('what is missing from a letter', () => {
  test('is a text in a language of the office, and it says which one stands in for it', () => {
    const target = { ...complete, languages: ['sw', 'fr'] };
    const [missing] = list(aDraft({ target, speaksTheirs: false }), noon);
    expect(missing).toMatchObject({
      code: 'no-text',
      message: expect.stringMatching(/Swahili \(sw\), French \(fr\).*is in English \(en\) until/),
    });
  });

  test('is any text: then the letter cannot be written', () => {
    const [missing, ...others] = list(aDraft({ words: undefined, speaksTheirs: false }), noon);
    expect(missing?.message).toMatch(/cannot be written/);
    expect(others).toEqual([]);
  });

  test.each([
    ['no-address', [address]],
    ['no-address', [mailbox('retired'), address]],
    ['address-bounced', [mailbox('bounced'), mailbox('retired'), address]],
    ['no-postal-address', [mailbox('verified')]],
    ['no-postal-address', [mailbox('unverified'), { ...address, status: 'retired' as const }]],
  ])('is %s', (code, contact_details) => {
    expect(toOffice({ contact_details })).toEqual([code]);
  });

  test('is no address as long as one of several is of use', () => {
    expect(toOffice({ contact_details: [mailbox('bounced'), mailbox('unverified'), address] })).toEqual([]);
  });

  test.each(['post', 'web-form', 'by-hand'] as const)(
    'is a person who brings it, where it goes by %s; then no e-mail address is missing',
    (channel) => {
      expect(toOffice({ channel, contact_details: [address] })).toEqual(['not-by-email']);
    },
  );

  test('is a holder who is named, and whose term is not over', () => {
    const { holder: _, ...nobody } = complete;
    expect(codesOf({ target: nobody })).toEqual(['no-holder']);
    expect(toOffice({ holder: { name: 'Dr Achieng', end_date: '2026-11-19' } })).toEqual(['term-ended']);
  });

  test('is what the registry does not say in the letter’s language', () => {
    const words = { text: aLetterText({ language: 'fr' }), fallback: false };
    expect(codesOf({ words })).toEqual(['no-salutation']);
    const label = { en: 'Ministry of Health' };
    expect(codesOf({ words, target: { ...complete, label } })).toEqual(['no-salutation', 'no-office-name']);
    const salutation = { fr: 'Madame la Ministre' };
    expect(codesOf({ words, target: { ...complete, salutation } })).toEqual([]);
  });

  test('is what the office requires, in its words', () => {
    const requirements = { form: 'On paper, in two copies', file_number: 'PET/7' };
    const [missing] = list(aDraft({ target: { ...complete, requirements } }), noon);
    expect(missing).toMatchObject({
      code: 'requirements',
      message: expect.stringMatching(/Form: On paper, in two copies\. File number: PET\/7$/),
    });
  });

  test('is a telephone number of the signatory, and anybody who signed', () => {
    const figures = { signatures: 0, byCountry: {}, pledges: [] };
    expect(codesOf({ campaign: aWritingCampaign(), letter: aStoredLetter({ figures }) })).toEqual([
      'no-phone',
      'no-signatures',
    ]);
  });

  test.each([
    ['missing-glyph', ['𓀀', '𓁐'], /𓀀 𓁐/],
    ['invalid-content', ['addressee.office'], /addressee\.office/],
    ['not-typeset', ['error: /secret/path'], /^(?!.*secret)/],
  ] as const)('is why it cannot be typeset: %s', (code, facts, message) => {
    const missing = list(aDraft(), noon, letterError(code, 'MHFA-2026-DRAFT', [...facts]));
    expect(missing).toMatchObject([{ code, message: expect.stringMatching(message) }]);
  });

  test('is told without any address', () => {
    const target = { ...complete, channel: 'email' as const, contact_details: [mailbox('bounced')] };
    expect(JSON.stringify(list(aDraft({ target }), noon))).not.toContain('@');
  });
});
