import { afterAll, beforeAll, expect, test } from 'vitest';
import { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aTarget } from '../support/a-target.ts';

let database: Database;
let read: typeof import('../../functions/campaigns/read.ts');

beforeAll(async () => {
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Targets', ['pk', 'sk']);
  const campaigns = [aCampaign(), aCampaign({ slug: 'draft', status: 'draft' })];
  for (const campaign of campaigns)
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  const targets = [
    aTarget(),
    aTarget({ id: 'cn-health', area_id: 'CN', label: { zh: '国家卫生健康委员会' }, languages: ['zh'] }),
    aTarget({ id: 'eu-body', area_id: 'EU', label: { en: 'Commission' } }),
    aTarget({ id: 'eg-health', area_id: 'EG', label: { en: 'Ministry', 'fr-CA': 'Ministère' } }),
    aTarget({ id: 'ke-finance', classification: 'finance-ministry' }),
  ];
  for (const target of targets) await database.put('Targets', { pk: 'targets', sk: target.id, ...target });
  pointSdkTo(database.url, { CAMPAIGNS_TABLE: 'Campaigns', TARGETS_TABLE: 'Targets' });
  read = await import('../../functions/campaigns/read.ts');
});
afterAll(() => database.stop());

test('a campaign is shown with the offices that it selects: their areas and names, and nothing else of them', async () => {
  const campaign = await read.readPublicCampaign('mental-health-for-all', ['fr'], noon);
  expect(campaign.targets).toEqual([
    { country: 'CN', office: '国家卫生健康委员会' },
    { country: 'EG', office: 'Ministère' },
    { country: 'EU', office: 'Commission' },
    { country: 'KE', office: 'Ministère de la Santé' },
  ]);
  expect(PublicCampaign.parse(campaign)).toEqual(campaign);
  expect(JSON.stringify(campaign)).not.toMatch(/@|Afya/);
});

test('a function that may not read the registry is shown the same campaign without them', async () => {
  const { targets: _, ...rest } = await read.readPublicCampaign('mental-health-for-all', ['fr'], noon);
  expect(await read.readPublicAsk('mental-health-for-all', ['fr'], noon)).toEqual(rest);
});

test.each(['draft', 'unknown'])('there is nothing to see of a campaign that is %s', async (slug) => {
  await expect(read.readPublicCampaign(slug, [], noon)).rejects.toMatchObject({ code: 'not-found' });
  await expect(read.readPublicAsk(slug, [], noon)).rejects.toMatchObject({ code: 'not-found' });
});
