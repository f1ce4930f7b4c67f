import { afterAll, beforeAll, expect, test } from 'vitest';
import { Organisation } from '../../functions/network/organisation.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';

let database: Database;
let readPartners: typeof import('../../functions/campaigns/read.ts').readPartners;

beforeAll(async () => {
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  pointSdkTo(database.url, { CAMPAIGNS_TABLE: 'Campaigns', TARGETS_TABLE: 'Targets' });
  ({ readPartners } = await import('../../functions/campaigns/read.ts'));
});
afterAll(() => database.stop());

test('partners are named in the order of the campaign, with their address if they have one', async () => {
  const campaign = aCampaign({ slug: 'with-partners', partners: ['lantern', 'unheard-of', 'friends'] });
  await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  await putOrganisation('lantern', 'Lantern Hill', 'https://lantern.example.org/');
  await putOrganisation('friends', 'Friends');
  expect(await readPartners('with-partners', noon)).toEqual([
    { name: 'Lantern Hill', url: 'https://lantern.example.org/' },
    { name: 'unheard-of' },
    { name: 'Friends' },
  ]);
});

test('an organisation has no address but one of the web', () => {
  const organisation = { slug: 'sly', name: 'Sly' };
  expect(Organisation.safeParse({ ...organisation, url: 'http://sly.example' }).success).toBe(true);
  for (const url of ['javascript:alert(1)', 'data:text/html,x', '//sly.example'])
    expect(Organisation.safeParse({ ...organisation, url }).success).toBe(false);
});

test('a campaign without partners, or that is not there, has none', async () => {
  const campaign = aCampaign({ slug: 'alone', partners: [] });
  await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  expect(await readPartners('alone', noon)).toEqual([]);
  expect(await readPartners('nowhere', noon)).toEqual([]);
});

function putOrganisation(slug: string, name: string, url?: string) {
  return database.put('Network', { pk: 'organisation', sk: slug, slug, name, ...(url && { url }) });
}
