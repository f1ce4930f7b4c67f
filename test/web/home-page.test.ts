import { expect, test } from 'vitest';
import { homePage } from '../../web/pages/home-page.ts';
import { aPublicCampaign, attributesOf } from '../support/a-page.ts';

const site = 'https://groundswell.example.org';
const languages = ['en', 'ar'] as const;

test('the newest campaign is shown as it stands on pages that are light, dark, from right to left, and narrow', () => {
  const campaigns = [aPublicCampaign({ slug: 'newest' }), aPublicCampaign({ slug: 'older' })];
  const hosts = hostsOf(homePage({ language: 'en', languages, campaigns, site }));
  expect(hosts).toEqual([
    { campaign: 'newest', lang: 'en', theme: 'light' },
    { campaign: 'newest', lang: 'en', theme: 'dark' },
    { campaign: 'newest', lang: 'ar', theme: 'light' },
    { campaign: 'newest', lang: 'en', theme: 'light' },
  ]);
});

test('a campaign that nobody reads from right to left is not shown on such a page', () => {
  const campaigns = [aPublicCampaign({ languages: ['en', 'fr'] })];
  expect(hostsOf(homePage({ language: 'en', languages, campaigns, site }))).toHaveLength(3);
});

test('the lines to copy are there as text, and all ways to embed are linked', () => {
  const page = homePage({ language: 'en', languages, campaigns: [aPublicCampaign()], site });
  expect(page).toContain(
    '&lt;script type=&quot;module&quot; src=&quot;https://groundswell.example.org/widget.js&quot;',
  );
  expect(page).toContain('href="/v1/campaigns/mental-health-for-all/embed?lang=en"');
});

test('campaigners find where they sign in, and the description of the API', () => {
  const page = homePage({ language: 'fr', languages, campaigns: [], site });
  expect(page).toContain('<a href="/dashboard?lang=fr">');
  expect(page).toContain('<a href="/docs" hreflang="en">');
});

test('what stands in for the widget speaks the campaign’s language, and leads to its page', () => {
  const campaigns = [aPublicCampaign({ language: 'fr' })];
  const [, host = ''] = homePage({ language: 'en', languages, campaigns, site }).split('<groundswell-action');
  expect(host).toContain('<div lang="fr" dir="ltr">');
  expect(host).toContain(`<a href="${site}/c/mental-health-for-all?lang=fr">Signer la pétition</a>`);
});

test('without an open campaign there is nothing to show, and no script', () => {
  const page = homePage({ language: 'en', languages, campaigns: [], site });
  expect(page).not.toMatch(/groundswell-action|<script/);
});

function hostsOf(page: string) {
  return [...page.matchAll(/<groundswell-action[^>]*>/g)].map(([element]) => attributesOf(element));
}
