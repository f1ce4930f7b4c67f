import { describe, expect, test } from 'vitest';
import { toEmbedOptions } from '../../functions/site/embed-options.ts';
import { aPublicCampaign } from '../support/a-page.ts';

const campaign = aPublicCampaign({ language: 'fr', languages: ['en', 'fr', 'ar'] });

describe('what is asked of a campaign that is to be shown elsewhere', () => {
  test('is nothing when nothing is named: all of it, in the language of the page that it is on', () => {
    for (const query of [{}, { lang: '', kind: '', partner: '', source: '', theme: '' }]) {
      const { options, errors } = toEmbedOptions(query, campaign);
      expect(Object.values(options).filter((value) => value !== undefined)).toEqual([]);
      expect(errors).toEqual([]);
    }
  });

  test('is told in the words of the campaign', () => {
    const query = { lang: 'fr-CA,en', kind: 'pledge', partner: 'other-org', source: 'share', theme: 'light' };
    expect(toEmbedOptions(query, campaign)).toEqual({
      options: { lang: 'fr', kinds: ['pledge'], partner: 'other-org', source: 'share', theme: 'light' },
      errors: [],
    });
  });

  test('is never the form for organisations, which is on the campaign’s own page alone', () => {
    const kinds = ['signature', 'endorsement'] as const;
    const { options, errors } = toEmbedOptions({ kind: 'endorsement' }, { ...campaign, kinds: [...kinds] });
    expect([options.kinds, errors]).toMatchObject([undefined, [{ pointer: '/kind', code: 'not-in-list' }]]);
  });

  test.each([
    ['fr-CA', 'fr'],
    ['AR-eg', 'ar'],
    ['sw, ar;q=0.8', 'ar'],
    ['en', 'en'],
  ])('is a language that the campaign has a text in: %s finds %s', (lang, found) => {
    expect(toEmbedOptions({ lang }, campaign)).toMatchObject({ options: { lang: found }, errors: [] });
  });

  test.each(['sw', 'zh-TW', 'french'])('is no language that it has no text in: %s', (lang) => {
    const { options, errors } = toEmbedOptions({ lang }, campaign);
    expect(options.lang).toBeUndefined();
    expect(errors).toEqual([
      {
        pointer: '/lang',
        code: 'not-in-list',
        message: 'Give one of these, or leave it out: en, fr, ar.',
      },
    ]);
  });

  test.each(['pledge signature', 'pledge+signature', ' pledge  signature pledge'])(
    'is kinds in the order in which they are named: "%s"',
    (kind) => {
      expect(toEmbedOptions({ kind }, campaign).options.kinds).toEqual(['pledge', 'signature']);
    },
  );

  test('is left out where the campaign does not have it, and it is said what there is', () => {
    const query = { kind: 'signature petition', partner: 'another', source: '"><script>', theme: 'neon' };
    const { options, errors } = toEmbedOptions(query, campaign);
    expect(options).toMatchObject({
      kinds: ['signature'],
      partner: undefined,
      source: undefined,
      theme: undefined,
    });
    const say = (list: string) => `Give one of these, or leave it out: ${list}.`;
    expect(errors).toEqual([
      { pointer: '/kind', code: 'not-in-list', message: say('signature, pledge') },
      { pointer: '/partner', code: 'not-in-list', message: say('other-org') },
      { pointer: '/source', code: 'not-in-list', message: say('share') },
      { pointer: '/theme', code: 'not-in-list', message: say('auto, light, dark') },
    ]);
  });

  test('cannot be a partner where a campaign has none', () => {
    const { errors } = toEmbedOptions({ partner: 'other-org' }, aPublicCampaign({ partners: [] }));
    expect(errors).toMatchObject([{ message: 'Leave it out: this campaign has no list of partners.' }]);
  });
});
