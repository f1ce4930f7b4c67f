import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { aCampaign } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { aMoment } from '../support/a-moment.ts';

const moment = 'world-mental-health-day';

let database: Database;
let handler: Parameters<typeof aGetAt>[0];

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 9, 10) });
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  pointSdkTo(database.url, { CAMPAIGNS_TABLE: 'Campaigns', NETWORK_TABLE: 'Network' });
  for (const each of [aMoment(), aMoment({ slug: 'over', on: '2026-01-01', names: { en: 'Over' } })])
    await database.put('Network', { pk: 'moment', sk: each.slug, ...each });
  const campaigns = [
    aCampaign({ slug: 'with-moment', moment }),
    aCampaign({ slug: 'its-chapter', partOf: 'with-moment' }),
    aCampaign({ slug: 'its-draft', moment, status: 'draft' }),
  ];
  for (const campaign of campaigns)
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  ({ handler } = await import('../../functions/campaigns/list-moments.ts'));
});
afterAll(async () => {
  vi.useRealTimers();
  await database.stop();
});

test('anyone reads the moments, the next one first, with how many campaigns of each can be acted on', async () => {
  const answer = await aGetAt(handler, '/v1/moments', { query: { lang: 'fr-CA' } });
  expect(answer.headers['cache-control']).toMatch(/^public, /);
  expect(answer.json()).toEqual({
    moments: [
      {
        slug: moment,
        name: 'Journée mondiale de la santé mentale',
        on: '10-10',
        next: { from: '2026-10-10', to: '2026-10-10' },
        campaigns: 2,
      },
      { slug: 'over', name: 'Over', on: '2026-01-01', next: null, campaigns: 0 },
    ],
  });
});
