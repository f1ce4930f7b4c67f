import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CampaignList, DirectoryQuery, inOrder, pageOf } from '../../functions/campaigns/directory.ts';
import { aCampaign, aCampaignText, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { aTarget } from '../support/a-target.ts';

let database: Database;
let handler: Parameters<typeof aGetAt>[0];
let reads: string[];

const moment = 'world-mental-health-day';
const at = (day: string) => `${day}T00:00:00Z`;
const campaigns = [
  aCampaign({ slug: 'root', moment, topics: ['funding'], opensAt: at('2026-10-10') }),
  aCampaign({ slug: 'chapter', partOf: 'root', opensAt: at('2026-10-12'), targets: selecting('FR') }),
  aCampaign({
    slug: 'english-only',
    texts: { en: aCampaignText() },
    topics: ['funding', 'work'],
    opensAt: at('2026-11-01'),
    targets: selecting('FR'),
  }),
  aCampaign({ slug: 'draft', status: 'draft', moment, topics: ['funding'] }),
  aCampaign({ slug: 'to-come', moment, topics: ['funding'], opensAt: at('2027-01-01') }),
];

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: noon });
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Targets', ['pk', 'sk']);
  for (const campaign of campaigns)
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  const owner = { slug: 'demo-network', name: 'Minds in Common' };
  await database.put('Network', { pk: 'organisation', sk: owner.slug, ...owner });
  for (const target of [
    aTarget(),
    aTarget({ id: 'fr-finance', area_id: 'FR', classification: 'finance-ministry' }),
  ])
    await database.put('Targets', { pk: 'targets', sk: target.id, ...target });
  pointSdkTo(database.url, { CAMPAIGNS_TABLE: 'Campaigns' });
  database.failBy((operation, body) => {
    reads.push(`${operation} ${(body as { TableName: string }).TableName}`);
    return undefined;
  });
  ({ handler } = await import('../../functions/campaigns/list-campaigns.ts'));
});
afterAll(async () => {
  vi.useRealTimers();
  await database.stop();
});

const look = async (query: Record<string, string>) => {
  reads = [];
  const answer = await aGetAt(handler, '/v1/campaigns', { query });
  return { ...answer, slugs: answer.json().campaigns?.map(({ slug }: { slug: string }) => slug) };
};

describe('the directory of campaigns', () => {
  test('has those that can be acted on, newest first, and may be kept for 30 s', async () => {
    const { headers, slugs, json } = await look({});
    expect([slugs, headers['cache-control']]).toEqual([
      ['english-only', 'chapter', 'root'],
      'public, max-age=30',
    ]);
    expect(CampaignList.parse(json())).toEqual(json());
    expect(json().campaigns.slice(1)).toMatchObject([
      { slug: 'chapter', partOf: 'root', moment, topics: [], owner: { name: 'Minds in Common' } },
      { slug: 'root', moment, topics: ['funding'] },
    ]);
  });

  test.each([
    [{ moment }, ['chapter', 'root']],
    [{ moment: 'world-health-day' }, []],
    [{ topic: 'funding' }, ['english-only', 'root']],
    [{ country: 'KE' }, ['root']],
    [{ country: 'FR' }, ['english-only', 'chapter']],
    [{ country: 'FR', topic: 'work' }, ['english-only']],
    [{ country: 'FR', moment, topic: 'funding' }, []],
  ])('has, asked for %j, %j', async (query, expected) => {
    expect((await look(query as unknown as Record<string, string>)).slugs).toEqual(expected);
  });

  test('has those in the language wanted first, in it, and the others after them, in theirs', async () => {
    const { json } = await look({ lang: 'fr-CA' });
    const told = json().campaigns.map(({ slug, language }: Record<string, string>) => [slug, language]);
    expect(told).toEqual([
      ['chapter', 'fr'],
      ['root', 'fr'],
      ['english-only', 'en'],
    ]);
  });

  test.each([
    [{ country: 'ke' }, '/country'],
    [{ country: 'EU' }, '/country'],
    [{ topic: 'gardening' }, '/topic'],
    [{ moment: 'A B' }, '/moment'],
    [{ limit: '101' }, '/limit'],
    [{ cursor: 'x' }, '/cursor'],
    [{ partner: 'x' }, '/partner'],
  ])('refuses %j and says what is wrong', async (query, pointer) => {
    const { status, json } = await look(query as unknown as Record<string, string>);
    expect([status, json().errors[0].pointer]).toEqual([422, pointer]);
  });

  test('reads the registry of offices for nothing but the question of a country', async () => {
    await look({ moment, topic: 'funding', lang: 'fr' });
    expect(reads).not.toContain('Query Targets');
  });

  test('is read page by page, each campaign once, whatever happens between', async () => {
    const first = await look({ limit: '1', lang: 'en' });
    const second = await look({ limit: '1', lang: 'en', cursor: first.json().cursor });
    const last = await look({ limit: '1', lang: 'en', cursor: second.json().cursor });
    expect([first, second, last].map(({ slugs }) => slugs)).toEqual([
      ['english-only'],
      ['chapter'],
      ['root'],
    ]);
    expect(last.json().cursor).toBeNull();
  });
});

test('any number of campaigns comes in pages that are the whole list, also of those that open at one time', () => {
  const many = Array.from({ length: 95 }, (_, index) =>
    aCampaign({
      slug: `campaign-${index}`,
      opensAt: at(`${index === 50 ? 1969 : 2026}-10-${String(10 + (index % 7))}`),
      ...(index % 3 === 0 && { texts: { en: aCampaignText() } }),
    }),
  );
  const ordered = inOrder(many, 'fr');
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = pageOf(ordered, DirectoryQuery.parse({ lang: 'fr', limit: '1', cursor }));
    found.push(...page.campaigns.map(({ slug }) => slug));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual(ordered.map(({ slug }) => slug));
  expect(new Set(found).size).toBe(95);
});

/** Addressed to the ministry of finance of a country. */
function selecting(country: string) {
  return { rules: [{ classification: 'finance-ministry', areas: [country] }], ids: [], except: [] };
}
