import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCampaign, Oembed, toOembed } from '../../functions/site/oembed.ts';
import { aPublicCampaign, structureOf } from '../support/a-page.ts';

const site = 'https://act.example.org';
const counts = { signature: 1_234, pledge: 1 };
type Told = Parameters<typeof toOembed>[0];
const aCard = (changes: Partial<Told> = {}) =>
  toOembed({ site, campaign: aPublicCampaign(), options: {}, counts, size: {}, ...changes });

describe('the card of a campaign', () => {
  test('is what oEmbed 1.0 asks of a rich one, and says whose it is', () => {
    const card = aCard();
    expect(Oembed.parse(card)).toMatchObject({
      version: '1.0',
      type: 'rich',
      provider_name: 'Groundswell',
      provider_url: site,
      title: 'Mental health for all',
      author_name: 'Demo Network',
      width: 600,
    });
    expect(card.height).toBeGreaterThan(0);
  });

  test('has the ask, the count in words, and a link that keeps the language and who led to it', () => {
    const options = { lang: 'fr', partner: 'other-org', source: 'share' } as const;
    const { html } = aCard({ campaign: aPublicCampaign({ language: 'fr' }), options });
    expect(html).toMatch(/^<blockquote cite="[^"]+" lang="fr" dir="ltr">/);
    expect(html).toContain(
      `<a href="${site}/c/mental-health-for-all?lang=fr&amp;partner=other-org&amp;source=share">Mental health for all</a>`,
    );
    expect(html).toContain('Governments should lead and fund');
    expect(html).toContain('1 234 personnes ont signé'.replace(' ', '\u202f'));
  });

  test('counts what is shown first, and says nothing of nobody', () => {
    expect(aCard({ options: { kinds: ['pledge', 'signature'] } }).html).toContain('<p>1 pledge</p>');
    expect(aCard({ counts: { signature: 0, pledge: 9 } }).html.match(/<p>/g)).toHaveLength(2);
  });

  test('runs and loads nothing', () => {
    const elements = structureOf(aCard().html).map((element) => element.split(' ')[0]);
    expect(new Set(elements)).toEqual(new Set(['blockquote', 'p', 'a']));
  });

  test('keeps within the room that there is, without the summary where it is scarce', () => {
    for (const [maxwidth, maxheight] of [
      [320, 2_000],
      [2_000, 100],
      [1, 1],
    ]) {
      const card = aCard({ size: { maxwidth, maxheight } });
      expect(card.width).toBeLessThanOrEqual(Math.min(maxwidth ?? 0, 600));
      expect(card.height).toBeLessThanOrEqual(maxheight ?? 0);
      expect(card.html.includes('Governments should lead')).toBe(maxheight === 2_000);
    }
    expect(aCard({ size: { maxwidth: 320 } }).height).toBeGreaterThan(aCard().height);
  });

  test('is given no element and no attribute by a text', () => {
    const told = (text: string) =>
      aCard({
        campaign: aPublicCampaign({ title: text, summary: text, owner: { slug: 'o', name: text } }),
        options: { partner: text, source: text },
      }).html;
    const usual = structureOf(told('usual'));
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: fc.constantFrom('<', '>', '"', "'", '&', '/', 'a', ' ') }),
        (some) => {
          expect(structureOf(told(some))).toEqual(usual);
        },
      ),
    );
  });
});

describe('an address', () => {
  test.each([
    [`${site}/c/some-campaign`, {}],
    [`${site}/c/some-campaign?lang=ar`, { lang: 'ar' }],
    [`${site}/embed/some-campaign?lang=ar&source=qr#form`, { lang: 'ar', source: 'qr' }],
    ['http://act.example.org/c/some-campaign', {}],
  ])('of a campaign on this site is known: %s', (address, query) => {
    expect(findCampaign(address, site)).toEqual({ slug: 'some-campaign', query });
  });

  test.each([
    'https://act.example.org.evil.example/c/some-campaign',
    'https://evil.example/?https://act.example.org/c/some-campaign',
    'https://act.example.org:8443/c/some-campaign',
    'https://act.example.org@evil.example/c/some-campaign',
    `${site}/`,
    `${site}/c/some-campaign/`,
    `${site}/embed/some-campaign/`,
    `${site}/c/some-campaign/count`,
    `${site}/c/Some%20Campaign`,
    `${site}/manage?token=1`,
    'javascript://act.example.org/c/some-campaign',
    '/c/some-campaign',
    'not an address',
    '',
  ])('of anything else is not: %s', (address) => {
    expect(findCampaign(address, site)).toBeUndefined();
  });
});
