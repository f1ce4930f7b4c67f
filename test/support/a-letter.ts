import { dirname, join } from 'node:path';
import type { LetterContent } from '../../functions/letters/letter-content.ts';
import type { LetterAssets } from '../../functions/letters/typeset-letter.ts';
import { letterFonts } from '../../infra/constructs/letter-assets.ts';

/** A letter as the letters room would write it at the milestone of 10, in English to a ministry in Kenya. */
export function aLetterContent(overrides: Partial<LetterContent> = {}): LetterContent {
  return {
    number: 'MHFA-2026-7K3QX2',
    date: '2026-11-22',
    place: 'Geneva',
    language: 'en',
    campaign: {
      title: 'Mental health for all',
      ask: [
        'Make mental-health education and anti-stigma programmes part of national policy, with a minister who answers for them.',
        'Fund them from the public budget over several years, so that they outlast any one campaign or term of office.',
        'Design, run and evaluate them together with people with lived experience, paid for their work and with a vote in the decisions.',
        'Publish what is planned, spent and achieved, so that citizens can follow it.',
      ],
      url: 'https://groundswell.example.org/c/mental-health-for-all',
    },
    organisations: [{ name: 'Demo Network for Mental Health' }, { name: 'Friends of Open Minds' }],
    addressee: {
      honorific: 'The Honourable',
      holder: 'Dr Wanjiru Achieng’',
      salutation: 'Dear Minister,',
      office: 'Ministry of Health',
      country: 'KE',
      addressLines: ['Afya House, Cathedral Road', 'P.O. Box 30016', '00100 Nairobi'],
    },
    occasion: { scope: 'world', threshold: 10, reached: 12 },
    figures: {
      signatures: 12,
      signaturesHere: 3,
      countries: 7,
      pledges: [
        { currency: 'EUR', count: 2, amountMinor: 7500 },
        { currency: 'JPY', count: 1, amountMinor: 3000 },
      ],
      openedOn: '2026-10-10',
    },
    signatory: {
      name: 'Amina Diallo',
      role: 'Secretary General',
      organisation: 'Demo Network for Mental Health',
      email: 'letters@example.org',
      phone: '+41 22 555 01 00',
    },
    ...overrides,
  };
}

/** The page and the fonts as they lie in the repository. */
export const repositoryLetterAssets: LetterAssets = {
  folder: join(import.meta.dirname, '../../functions/letters'),
  fontFolders: letterFonts.map((font) => dirname(font)),
};
