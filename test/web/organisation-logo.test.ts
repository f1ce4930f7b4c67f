import { expect, test } from 'vitest';
import { campaignPage } from '../../web/pages/campaign-page.ts';
import { aPublicCampaign, aPublicTally, attributesOf } from '../support/a-page.ts';

const url = `/logos/${'0'.repeat(64)}`;
const organisation = { name: 'Open Minds', country: 'KE' };

test.each([
  ['large', { width: 480, height: 160 }, { width: '120', height: '40' }],
  ['square', { width: 512, height: 512 }, { width: '48', height: '48' }],
  ['tall', { width: 16, height: 512 }, { width: '2', height: '48' }],
  ['small', { width: 20, height: 16 }, { width: '20', height: '16' }],
])('a %s logo has its place on the page before it is there, at most 120 by 48 pixels', (_, size, shown) => {
  const [image = ''] = imagesOf({ ...organisation, logo: { url, ...size } });
  expect(attributesOf(image)).toEqual({ class: 'logo', src: url, alt: '', loading: 'lazy', ...shown });
});

test('there is one beside each list that an organisation stands in, and none without', () => {
  const logo = { url, width: 96, height: 32 };
  expect(imagesOf({ ...organisation, logo }, organisation)).toHaveLength(2);
});

/** On a page where they pledge, and endorse the ask, too. */
function imagesOf(...organisations: (typeof organisation & { logo?: object })[]): string[] {
  const shown = { organisations: organisations as never[], total: organisations.length };
  const page = campaignPage({
    campaign: aPublicCampaign(),
    tally: aPublicTally(),
    organisations: shown,
    endorsers: shown,
  });
  return page.match(/<img class="logo"[^>]*>/g) ?? [];
}
