import { describe, expect, test } from 'vitest';
import { languages } from '../../shared/kernel/language.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { aPublicCampaign, aPublicTally } from '../support/a-page.ts';

const tally = aPublicTally();
const moment = { slug: 'day', name: 'World Mental Health Day', on: '10-10' };
const notes = [
  { at: '2026-10-12T09:00:00Z', text: 'First note.\n\nIts second paragraph.' },
  { at: '2026-11-02T22:30:00Z', text: '<b>Second</b> note.' },
];
const chapters = [
  { slug: 'kenya', title: 'Afya ya akili kwa wote', language: 'sw' as const },
  { slug: 'egypt', title: 'الصحة النفسية للجميع', language: 'ar' as const },
];

describe('the page of a campaign', () => {
  test('says nothing of what there is none of', () => {
    const page = campaignPage({ campaign: aPublicCampaign(), tally, chapters: [] });
    for (const id of ['notes', 'chapters']) expect(page).not.toContain(`id="${id}"`);
    expect(page).not.toMatch(/For .*October|Part of/);
  });

  test.each([
    ['10-10', undefined, 'en', '10 October'],
    ['10-10', undefined, 'de', '10. Oktober'],
    ['02-28', undefined, 'fr', '28 février'],
    ['05-01', '05-31', 'en', '1–31 May'],
    ['2027-05-10', '2027-05-16', 'en', '10–16 May 2027'],
    ['2027-05-10', undefined, 'es', '10 de mayo de 2027'],
  ] as const)('says the day %s until %s in %s as %s', (on, until, language, said) => {
    const days = { on, ...(until && { until }) };
    const campaign = aPublicCampaign({ language, moment: { ...moment, ...days } });
    const [, line = ''] =
      /<p class="meta">([^<]*World Mental Health Day[^<]*)<\/p>/.exec(campaignPage({ campaign, tally })) ??
      [];
    expect(line.replaceAll(/[\u2009\u202f]/g, '')).toContain(said);
  });

  test('has its dated notes under the ask, the newest last, by the days of its time zone', () => {
    const campaign = aPublicCampaign({ notes, timeZone: 'Africa/Nairobi' });
    const page = campaignPage({ campaign, tally });
    expect(page).toContain('<time datetime="2026-10-12T09:00:00Z">12 October 2026</time>');
    expect(page).toContain('<time datetime="2026-11-02T22:30:00Z">3 November 2026</time>');
    expect(page).toContain('<p>Its second paragraph.</p>');
    expect(page).toContain('&lt;b&gt;Second&lt;/b&gt; note.');
    const at = ['id="ask"', 'id="notes"', 'First note.', 'Second', 'id="targets"'].map((text) =>
      page.indexOf(text),
    );
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at).not.toContain(-1);
  });

  test('of a chapter leads to its root, in the language of the page', () => {
    const campaign = aPublicCampaign({ language: 'fr', partOf: { slug: 'root', title: 'La "racine"' } });
    expect(campaignPage({ campaign, tally })).toMatch(
      /<a class="plain" href="\/c\/root\?lang=fr">[^<]*La &quot;racine&quot;/,
    );
  });

  test('of a root leads to its chapters, each in its language', () => {
    const page = campaignPage({ campaign: aPublicCampaign(), tally, chapters });
    expect(page).toContain(
      '<a href="/c/kenya?lang=sw" lang="sw" dir="ltr" hreflang="sw">Afya ya akili kwa wote</a>',
    );
    expect(page).toContain('<a href="/c/egypt?lang=ar" lang="ar" dir="rtl" hreflang="ar">');
  });

  test.each(languages)('can be written with all of it in %s', (language) => {
    const partOf = { slug: 'root', title: 'Root' };
    const campaign = aPublicCampaign({ language, moment, notes, partOf });
    const page = campaignPage({ campaign, tally, chapters });
    for (const id of ['notes', 'chapters']) expect(page).toContain(`id="${id}"`);
  });
});
