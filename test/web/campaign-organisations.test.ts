import { expect, test } from 'vitest';
import { languages } from '../../shared/kernel/language.ts';
import type { ListedOrganisations } from '../../web/pages/campaign-organisations.ts';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { aPublicCampaign, aPublicTally } from '../support/a-page.ts';

const tally = aPublicTally();
const title = 'Organisations that have pledged';

test('there is no section of organisations while there are none', () => {
  expect(sectionOf({ organisations: [], total: 0 })).toBeUndefined();
});

test('each is named with its country and what it promises', () => {
  const organisations = [
    { name: 'Open Minds', country: 'KE', amount: 250_000, currency: 'EUR', interval: 'monthly' as const },
    { name: 'عقول منفتحة', country: 'EG', atLeast: 100 },
    { name: 'こころの会', country: 'JP', amount: 5_000, currency: 'JPY', interval: 'once' as const },
  ];
  const section = sectionOf({ organisations, total: 3 });
  expect(section).toMatch(/<bdi>Open Minds<\/bdi>[\s\S]*€2,500.00 · Every month[\s\S]*Kenya/);
  expect(section).toMatch(/<bdi>عقول منفتحة<\/bdi>[\s\S]*Backing, without money · Only once 100 pledges/);
  expect(section).toMatch(/<bdi>こころの会<\/bdi>[\s\S]*¥5,000 · Once[\s\S]*Japan/);
  expect(section).toContain('The campaign has verified each of them.');
  expect(section).not.toContain('The newest');
});

test('where there are more than are shown, it says how many', () => {
  const organisations = Array.from({ length: 20 }, (_, at) => ({ name: `Number ${at}`, country: 'KE' }));
  const section = sectionOf({ organisations, total: 1_234 });
  expect(section).toContain('The newest 20 of 1,234.');
  expect(section).toContain('<details><summary>20 organisations</summary>');
});

test('their names are text, whatever they say', () => {
  const name = '<img src=x onerror=alert(1)>';
  const section = sectionOf({ organisations: [{ name, country: 'KE' }], total: 1 });
  expect(section).toContain('<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>');
});

test.each(languages)('they are told of in the language of the page: %s', (language) => {
  const organisations = Array.from({ length: 13 }, () => ({ name: 'Open Minds', country: 'KE' }));
  const page = campaignPage({
    campaign: aPublicCampaign({ language }),
    tally,
    organisations: { organisations, total: 40 },
  });
  const [, section = ''] = page.split('id="organisations">');
  expect(section).not.toMatch(/\{|undefined/);
  expect(section.startsWith(title)).toBe(language === 'en');
});

function sectionOf(organisations: ListedOrganisations): string | undefined {
  const page = campaignPage({ campaign: aPublicCampaign(), tally, organisations });
  return page.split(`<h2 id="organisations">${title}</h2>`)[1]?.split('</section>')[0];
}
