import { dirname, join } from 'node:path';
import type { LetterContent } from '../../functions/letters/letter-content.ts';
import { LetterText } from '../../functions/letters/letter-text.ts';
import type { LetterAssets } from '../../functions/letters/typeset-letter.ts';
import { letterFonts } from '../../infra/constructs/letter-assets.ts';
import furtherTexts from './further-texts.json' with { type: 'json' };

/** A letter as the letters room would write it at the milestone of 10, in English to a ministry in Kenya. */
export function aLetterContent(overrides: Partial<LetterContent> = {}): LetterContent {
  return {
    number: 'MHFA-2026-7K3QX2RD',
    date: '2026-11-22',
    language: 'en',
    text: aText(),
    url: 'https://groundswell.example.org/c/mental-health-for-all',
    verifyUrl: 'https://groundswell.example.org/letters/MHFA-2026-7K3QX2RD',
    organisations: [
      { name: 'Demo Network for Mental Health' },
      { name: 'Friends of Open Minds', country: 'FR' },
    ],
    addressee: {
      honorific: 'The Honourable',
      holder: 'Dr Wanjiru Achieng’',
      salutation: 'Dear Minister,',
      office: 'Ministry of Health',
      country: 'KE',
      addressLines: ['Example House, Cathedral Road', 'P.O. Box 30000', '00100 Nairobi'],
    },
    occasion: { scope: 'world', threshold: 10, reached: 12 },
    figures: {
      signatures: 12,
      here: { signatures: 3, rank: 2 },
      countries: 7,
      pledges: [
        { currency: 'EUR', count: 2, amountMinor: 7500 },
        { currency: 'JPY', count: 1, amountMinor: 3000 },
      ],
      openedOn: '2026-10-10',
      days: 44,
    },
    history: [
      { day: '2026-11-19', count: 2 },
      { day: '2026-11-20', count: 5 },
      { day: '2026-11-22', count: 12 },
    ],
    signatory: {
      name: 'Amina Diallo',
      organisation: 'Demo Network for Mental Health',
      email: 'letters@example.org',
      phone: '+41 22 555 01 00',
    },
    ...overrides,
  };
}

/** What a campaign says in its letters. */
export function aText(overrides: Partial<LetterText> = {}): LetterText {
  return {
    title: 'Mental health for all',
    place: 'Geneva',
    role: 'Secretary General',
    asks: [
      'Make mental-health education and anti-stigma programmes part of national policy, with a minister who answers for them.',
      'Fund them from the public budget over several years, so that they outlast any one campaign or term of office.',
      'Design, run and evaluate them together with people with lived experience, paid for their work and with a vote in the decisions.',
      'Publish what is planned, spent and achieved, so that citizens can follow it.',
    ],
    messages: {},
    ...overrides,
  };
}

/** What a campaign says in a language that the system has no words of its own in: all messages are the campaign's. */
export function aFurtherText(language: keyof typeof furtherTexts): LetterText {
  return LetterText.parse(furtherTexts[language]);
}

/** The page and the fonts as they lie in the repository. */
export const repositoryLetterAssets: LetterAssets = {
  folder: join(import.meta.dirname, '../../functions/letters'),
  fontFolders: letterFonts.map((font) => dirname(font)),
};
