import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';

const second = 1_000;
let database: Database;
let decideBy: typeof import('../../functions/campaigns/read.ts').decideBy;
let reads = 0;

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Campaigns', ['pk', 'sk']);
  pointSdkTo(database.url, { CAMPAIGNS_TABLE: 'Campaigns' });
  ({ decideBy } = await import('../../functions/campaigns/read.ts'));
});
beforeEach(() => {
  reads = 0;
  database.failBy(() => {
    reads += 1;
    return undefined;
  });
});
afterAll(() => database.stop());

test('what is allowed is allowed by a campaign that is up to 30 seconds old', async () => {
  await put('allowing', 'live');
  await decideBy('allowing', noon, requireLive);
  await put('allowing', 'closed');
  expect(await decideBy('allowing', noon + 30 * second - 1, requireLive)).toBe('live');
  expect(reads).toBe(1);
  await expect(decideBy('allowing', noon + 30 * second, requireLive)).rejects.toThrow('closed');
});

test('what is refused by an older one is decided again by what is stored, at most once a second', async () => {
  await put('refusing', 'closed');
  const decide = (at: number) => decideBy('refusing', noon + at, requireLive);
  await expect(decide(0)).rejects.toThrow('closed');
  await expect(decide(second - 1)).rejects.toThrow('closed');
  expect(reads).toBe(1);
  await put('refusing', 'live');
  expect(await decide(second)).toBe('live');
  expect(reads).toBe(2);
});

test('where it is not sure of what it remembers, what is stored decides, read a second ago at most', async () => {
  await put('unsure', 'live');
  const decide = (at: number) =>
    decideBy('unsure', noon + at, requireLive, (campaign) => campaign?.status === 'live');
  expect(await decide(0)).toBe('live');
  expect(await decide(second - 1)).toBe('live');
  expect(reads).toBe(1);
  await put('unsure', 'closed');
  await expect(decide(second)).rejects.toThrow('closed');
  expect(reads).toBe(2);
});

test('what is remembered was read as it is stored, not as a copy of the database has it, which may be older', async () => {
  const bodies: unknown[] = [];
  database.failBy((_, body) => {
    bodies.push(body);
    return undefined;
  });
  await decideBy('consistent', noon, () => undefined);
  expect(bodies).toMatchObject([{ ConsistentRead: true }]);
});

test('a campaign that could not be read is read once more', async () => {
  await put('unlucky', 'live');
  database.failBy(() => {
    reads += 1;
    return reads === 1 ? { name: 'AccessDeniedException', status: 400, when: 'before' } : undefined;
  });
  expect(await decideBy('unlucky', noon, requireLive)).toBe('live');
});

function requireLive(campaign: Campaign | undefined): string | undefined {
  if (campaign?.status !== 'live') throw new Error(`It is ${campaign?.status}`);
  return campaign.status;
}

function put(slug: string, status: Campaign['status']) {
  return database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign({ slug, status }) });
}
