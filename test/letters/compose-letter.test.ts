import { beforeAll, describe, expect, test } from 'vitest';
import type { toContent } from '../../functions/letters/compose-letter.ts';
import { aCampaign, aCampaignText, aTarget } from '../support/a-campaign.ts';
import { aStoredLetter } from '../support/a-stored-letter.ts';

let compose: typeof toContent;
beforeAll(async () => {
  Object.assign(process.env, { CAMPAIGNS_TABLE: 'Campaigns', AWS_REGION: 'eu-central-1' });
  compose = (await import('../../functions/letters/compose-letter.ts')).toContent;
});

const site = 'https://groundswell.example.org';
const write = (letter = aStoredLetter(), campaign = aCampaign(), target = aTarget()) =>
  compose(letter, { campaign, target, organisation: 'Demo Network' }, site);

describe('what a letter says', () => {
  test('is the campaign’s ask, to the target, with the figures of its milestone', () => {
    expect(write()).toEqual({
      number: aStoredLetter().number,
      date: '2026-11-20',
      place: 'Geneva',
      language: 'en',
      campaign: {
        title: 'Mental health for all',
        ask: ['Fund what works.'],
        url: 'https://groundswell.example.org/c/mental-health-for-all',
      },
      organisations: [{ name: 'Demo Network' }],
      addressee: { office: 'Ministry of Health', country: 'KE', addressLines: ['Afya House'] },
      occasion: { scope: 'world', threshold: 10, reached: 12 },
      figures: {
        signatures: 12,
        signaturesHere: 7,
        countries: 2,
        pledges: [{ currency: 'EUR', count: 1, amountMinor: 2_500 }],
        openedOn: '2026-10-10',
      },
      signatory: { name: 'Amara Okafor', role: 'Director', email: 'letters@example.org' },
    });
  });

  test('is the count of the country at a milestone of a country', () => {
    const letter = aStoredLetter({ occasion: { scope: 'KE', threshold: 5 } });
    expect(write(letter).occasion).toEqual({ scope: 'KE', threshold: 5, reached: 7 });
  });

  test('is that nobody signed here yet, where nobody did', () => {
    const letter = aStoredLetter({ country: 'BR' });
    expect(write(letter).figures.signaturesHere).toBe(0);
  });

  test('names holder and honorific when they are known', () => {
    const target = aTarget({ holder: 'Dr Wanjiru', honorific: 'The Honourable', addressLines: [] });
    const { addressee } = write(aStoredLetter(), aCampaign(), target);
    expect(addressee).toEqual({
      holder: 'Dr Wanjiru',
      honorific: 'The Honourable',
      office: 'Ministry of Health',
      country: 'KE',
    });
  });
});

describe('the language of a letter', () => {
  const languageOf = (languages: string[], campaign = aCampaign()) =>
    write(aStoredLetter(), campaign, aTarget({ languages })).language;

  test('is the first of the target’s that the campaign has texts in', () => {
    expect(languageOf(['sw', 'fr-CD', 'en'])).toBe('fr');
  });

  test('is English when the campaign has none of them', () => {
    expect(languageOf(['sw'])).toBe('en');
    expect(languageOf(['ar'])).toBe('en');
  });

  test('is the campaign’s own when it has no English: a letter is in one language throughout', () => {
    const campaign = aCampaign({
      defaultLanguage: 'fr',
      texts: {
        fr: aCampaignText({ title: 'La santé mentale pour tous', asks: ['Financez ce qui marche.'] }),
      },
    });
    const letter = write(aStoredLetter(), campaign, aTarget({ languages: ['en'] }));
    expect(letter).toMatchObject({
      language: 'fr',
      place: 'Genève',
      campaign: { title: 'La santé mentale pour tous' },
      addressee: { office: 'Ministère de la Santé' },
      signatory: { role: 'Directrice' },
    });
  });

  test('takes what is not said in it from the campaign’s own language', () => {
    const campaign = aCampaign({ defaultLanguage: 'fr' });
    const target = aTarget({ languages: ['en'], office: { fr: 'Ministère de la Santé' } });
    expect(write(aStoredLetter(), campaign, target)).toMatchObject({
      language: 'en',
      addressee: { office: 'Ministère de la Santé' },
    });
  });
});

test('what cannot stand in a letter is named, and stops it', () => {
  const target = aTarget({ holder: 'Dr \u202eWanjiru', office: {} });
  expect(() => write(aStoredLetter(), aCampaign(), target)).toThrow(
    expect.objectContaining({
      name: 'LetterError',
      code: 'invalid-content',
      facts: ['addressee.holder', 'addressee.office'],
    }),
  );
});
