import { expect, test } from 'vitest';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { aLetterState, aPublicCampaign, aPublicTally } from '../support/a-page.ts';

const campaign = aPublicCampaign();
const tally = aPublicTally();

test('a campaign of which nothing is known yet has no empty sections', () => {
  const page = campaignPage({ campaign, tally, signers: [], partners: [], letters: [] });
  for (const title of ['Signed recently', 'Together with', 'Letters to governments'])
    expect(page).not.toContain(title);
});

test('those who chose to be shown are named, each in the direction of their name', () => {
  const page = campaignPage({ campaign, tally, signers: ['Amina Otieno', 'م. ع.'] });
  expect(page).toMatch(/Signed recently[\s\S]*<bdi>Amina Otieno<\/bdi>[\s\S]*<bdi>م. ع.<\/bdi>/);
  expect(page).toContain('Only people who chose to be shown');
});

test('partners are named, with a link to those that have a place on the web', () => {
  const partners = [{ name: 'Lantern Hill', url: 'https://lantern.example.org/' }, { name: 'Friends' }];
  const page = campaignPage({ campaign, tally, partners });
  expect(page).toContain('<a href="https://lantern.example.org/" rel="noopener"><bdi>Lantern Hill</bdi></a>');
  expect(page).toContain('<li><bdi>Friends</bdi></li>');
});

test('letters are told of in the words of the page, the newest first and of a day by country', () => {
  const letters = [
    aLetterState({ country: 'FR', date: '2026-11-20', state: 'bounced' }),
    aLetterState({ country: 'KE', date: '2026-11-20' }),
    aLetterState({ country: 'EG', date: '2026-11-20', office: 'وزارة الصحة', language: 'ar' }),
    aLetterState({ country: 'BR', date: '2026-12-01', state: 'sent', since: '2026-12-01T09:00:00Z' }),
  ];
  const page = campaignPage({ campaign: aPublicCampaign({ language: 'fr' }), tally, letters });
  const [, section = ''] = page.split('id="letters"');
  const countries = [...section.matchAll(/<strong>([^<]+)<\/strong>/g)].map(([, name]) => name);
  expect(countries).toEqual(['Brésil', 'Égypte', 'France', 'Kenya']);
  expect(section).toContain('<bdi lang="ar" dir="rtl">وزارة الصحة</bdi>');
  expect(section).toContain('1 décembre 2026');
  expect(section).not.toContain('<details>');
});

test('a long list of letters stands behind their number', () => {
  const letters = Array.from({ length: 13 }, () => aLetterState());
  const [, section = ''] = campaignPage({ campaign, tally, letters }).split('id="letters"');
  expect(section).toContain('<details><summary>13 letters</summary>');
});
