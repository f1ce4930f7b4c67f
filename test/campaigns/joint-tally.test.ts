import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { countedAlone, jointCounts } from '../../functions/campaigns/joint-tally.ts';
import type { MomentCampaigns } from '../../functions/campaigns/moment-tally-view.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, askAs, claimsOf } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { aMoment } from '../support/a-moment.ts';

const moment = 'world-mental-health-day';

describe('the joint tally', () => {
  const eur = (amount: number | string) => ({
    signatures: { total: 0, byCountry: {} },
    pledges: { total: 1, byCurrency: { EUR: { count: 1, amount, fulfilled: 0 } }, byCountry: {} },
    endorsements: { total: 1, byCountry: { KE: 1 } },
  });

  test('of nothing is nothing', () => {
    expect(jointCounts([])).toEqual({
      signatures: { total: 0, byCountry: {} },
      pledges: { total: 0, byCurrency: {}, byCountry: {} },
      endorsements: { total: 0, byCountry: {} },
    });
  });

  test('is exact beyond what a number keeps, and is a number again where it can be', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const sum = (...amounts: Array<number | string>) =>
      jointCounts(amounts.map(eur)).pledges.byCurrency['EUR']?.amount;
    expect(sum(most, 1, 1)).toBe('9007199254740993');
    expect(sum('90071992547409930000001', most)).toBe('90072001554609184740992');
    expect(sum(most - 1, 1)).toBe(most);
  });

  test('adds up those that are counted in no other one of the list', () => {
    const campaigns = [
      { slug: 'root' },
      { slug: 'chapter', partOf: 'root' },
      { slug: 'guest', partOf: 'root-of-another-moment' },
    ];
    expect(countedAlone(campaigns).map(({ slug }) => slug)).toEqual(['root', 'guest']);
  });
});

describe('the campaigns of a moment', () => {
  let database: Database;
  let view: typeof import('../../functions/campaigns/moment-tally-view.ts');
  let handler: Parameters<typeof askAs>[0];

  beforeAll(async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: noon });
    database = await aDatabaseWithCampaigners();
    await database.createTable('Tallies', ['pk', 'sk']);
    pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies' });
    const campaigns = [
      aCampaign({ slug: 'root', moment }),
      aCampaign({ slug: 'z-second', moment, owner: 'other-org', status: 'archived' }),
      aCampaign({ slug: 'draft', moment, status: 'draft' }),
      aCampaign({ slug: 'elsewhere', moment: 'world-health-day' }),
    ];
    for (const campaign of campaigns)
      await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
    await database.put('Network', { pk: 'moment', sk: moment, ...aMoment() });
    await database.put('Network', {
      pk: 'organisation',
      sk: 'other-org',
      slug: 'other-org',
      name: 'Others',
    });
    await count('root', {
      e: 2,
      'e@KE': 2,
      s: 10,
      's@KE': 7,
      's@FR': 3,
      p: 2,
      'p@FR': 2,
      'n#EUR': 2,
      'a#EUR': 5_000,
      'f#EUR': 100,
    });
    await count('chapter', { s: 7, 's@KE': 7 });
    await count('z-second', {
      e: 1,
      'e@JP': 1,
      s: 5,
      's@KE': 5,
      p: 2,
      'p@JP': 2,
      'n#JPY': 1,
      'a#JPY': 300,
      'n#EUR': 1,
      'a#EUR': 2n ** 53n,
    });
    await count('elsewhere', { s: 1_000 });
    view = await import('../../functions/campaigns/moment-tally-view.ts');
    ({ handler } = await import('../../functions/campaigns/list-moment-campaigns.http.ts'));
  });
  afterAll(async () => {
    vi.useRealTimers();
    await database.stop();
  });

  const count = (pk: string, counters: Record<string, number | bigint>) => {
    const setting = { sk: 'tally', version: 7, asOf: noon, rate: 0, pollAfter: 5, goals: [] };
    return database.put('Tallies', { pk, ...setting, ...counters });
  };
  const read = (as: string, slug = moment) =>
    askAs(handler, { method: 'GET', path: { moment: slug }, claims: claimsOf(as) });

  test('are read in one call by the secretariat: roots, chapters, drafts, and their sum by roots alone', async () => {
    const { status, body } = await read('secretariat');
    expect(status).toBe(200);
    expect(view.MomentCampaigns.parse(body)).toEqual(body);
    expect(body.moment).toMatchObject({ slug: moment, on: '10-10' });
    expect(
      body.campaigns.map((each: MomentCampaigns['campaigns'][number]) => [
        each.slug,
        each.status,
        each.owner.name,
        each.partOf,
        each.tally.signatures.total,
        each.tally.asOf,
      ]),
    ).toEqual([
      ['draft', 'draft', 'demo-network', undefined, 0, null],
      ['root', 'live', 'demo-network', undefined, 10, '2026-11-20T12:00:00.000Z'],
      ['chapter', 'live', 'chapter-org', 'root', 7, '2026-11-20T12:00:00.000Z'],
      ['sister', 'live', 'sister-org', 'root', 0, null],
      ['z-second', 'archived', 'Others', undefined, 5, '2026-11-20T12:00:00.000Z'],
    ]);
    expect(body.joint).toEqual({
      endorsements: { total: 3, byCountry: { KE: 2, JP: 1 } },
      campaigns: 3,
      signatures: { total: 15, byCountry: { KE: 12, FR: 3 } },
      pledges: {
        total: 4,
        byCurrency: {
          EUR: { count: 3, amount: '9007199254745992', fulfilled: 100 },
          JPY: { count: 1, amount: 300, fulfilled: 0 },
        },
        byCountry: { FR: 2, JP: 2 },
      },
    });
  });

  test.each([
    ['owner', 403],
    ['organiser', 403],
    ['viewer', 403],
    ['stranger', 404],
  ])('are not for %s, who is answered %i', async (as, status) => {
    expect((await read(as)).status).toBe(status);
  });

  test('are none of a moment that there is not', async () => {
    expect((await read('secretariat', 'doomsday')).status).toBe(404);
  });
});
