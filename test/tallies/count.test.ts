import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { aCampaign, hour, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aChangeOf, aCounted, aQueueBatch } from '../support/an-event.ts';

const milestones = { world: [1, 5], country: [2] };

let database: Database;
let counting: typeof import('../../functions/tallies/count-changes.event.ts');
let store: typeof import('../../functions/tallies/tally-store.ts');
let tallies: typeof import('../../functions/tallies/read.ts');
let listHours: typeof import('../../functions/tallies/hour-store.ts').listHours;

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  // Events older than 60 days are refused: the clock stands still.
  vi.setSystemTime(noon);
  database = await aDatabase();
  await database.createTable('Tallies', ['pk', 'sk']);
  await database.createTable('Campaigns', ['pk', 'sk']);
  pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies', CAMPAIGNS_TABLE: 'Campaigns' });
  counting = await import('../../functions/tallies/count-changes.event.ts');
  store = await import('../../functions/tallies/tally-store.ts');
  tallies = await import('../../functions/tallies/read.ts');
  ({ listHours } = await import('../../functions/tallies/hour-store.ts'));
});
afterAll(() => database.stop());

/** Single cases; whole histories, with all that can go wrong, are in histories.test.ts. */
describe('counting', () => {
  test('takes as many events as a queue hands over, of as many hours, and their repeats', async () => {
    const { root } = await putCampaigns();
    const countries = ['KE', 'FR', 'BR'];
    const events = Array.from({ length: 97 }, (_, at) =>
      aChangeOf(`${root}-${at}`, 1, {
        after: aCounted({ campaign: root, country: countries[at % 3] as string }),
        at: noon - at * hour,
      }),
    );
    for (const batch of [events, events.toReversed(), [...events, ...events]])
      expect(await counting.handler(aQueueBatch(batch))).toEqual({ batchItemFailures: [] });
    const counters = { s: 97n, 's@KE': 33n, 's@FR': 32n, 's@BR': 32n, 's:confirmed': 97n };
    expect((await store.getTally(root))?.counters).toEqual(counters);
    expect(await listHours(root)).toHaveLength(97);
  });

  test('reaches a milestone once though another counter is faster', async () => {
    const { root } = await putCampaigns();
    const events = ['a', 'b', 'c', 'd', 'e'].map((action) =>
      aChangeOf(`${root}-${action}`, 1, { after: aCounted({ campaign: root }) }),
    );
    await beforeCounting(
      () => counting.handler(aQueueBatch(events.slice(0, 1))),
      () => counting.handler(aQueueBatch(events)),
    );
    const tally = await store.getTally(root, { consistent: true });
    expect(tally?.counters['s']).toBe(5n);
    expect(tally?.reached).toEqual(new Set(['world#1', 'world#5', 'KE#2']));
  });

  test('reaches no milestone that a withdrawal takes back in the meantime', async () => {
    const { root } = await putCampaigns();
    const confirmed = ['a', 'b'].map((action) =>
      aChangeOf(`${root}-${action}`, 1, { after: aCounted({ campaign: root }) }),
    );
    const withdrawn = aChangeOf(`${root}-a`, 2, { before: aCounted({ campaign: root }) });
    await beforeCounting(
      () => counting.handler(aQueueBatch([withdrawn])),
      () => counting.handler(aQueueBatch(confirmed)),
    );
    expect(await reachedBy(root)).toEqual(new Set(['world#1']));
  });

  test('shows the time of the last change, whatever order the changes come in', async () => {
    const { root } = await putCampaigns();
    const [early, late] = [noon - 60_000, noon - 1_000].map((at) =>
      aChangeOf(`${root}-${at}`, 1, { after: aCounted({ campaign: root }), at }),
    ) as [CatalogueEvent, CatalogueEvent];
    await beforeCounting(
      () => counting.handler(aQueueBatch([late])),
      () => counting.handler(aQueueBatch([early])),
    );
    expect(await store.getTally(root)).toMatchObject({ asOf: noon - 1_000 });
  });

  test('keeps sums that are larger than a JavaScript number holds', async () => {
    const { root } = await putCampaigns();
    const pledge = { currency: 'IRR', amount: Number.MAX_SAFE_INTEGER };
    const events = ['a', 'b', 'c'].map((action) =>
      aChangeOf(`${root}-${action}`, 1, { after: aCounted({ campaign: root, kind: 'pledge', pledge }) }),
    );
    await counting.handler(aQueueBatch(events));
    expect((await store.getTally(root))?.counters['a#IRR']).toBe(27_021_597_764_222_973n);
  });

  test('keeps who may be shown in the one write that counts, of a chapter and of its root', async () => {
    const { root, other: chapter } = await putCampaigns();
    const signs = (action: string, at: number, shown?: true) =>
      aChangeOf(`${root}-${action}`, 1, {
        after: aCounted({ campaign: chapter, root, source: 'qr', ...(shown && { shown }) }),
        at: noon + at,
      });
    const events = [signs('a', 1, true), signs('b', 2), signs('c', 3, true)];
    const writes: string[] = [];
    database.failBy((operation) => {
      if (operation !== 'GetItem') writes.push(operation);
      return undefined;
    });
    await counting.handler(aQueueBatch([...events, ...events]));
    database.failBy(undefined);
    expect(writes).toEqual(['TransactWriteItems', 'TransactWriteItems']);
    for (const campaign of [chapter, root]) {
      expect(await signersOf(campaign)).toEqual([`${root}-c`, `${root}-a`]);
      expect((await store.getTally(campaign))?.counters).toMatchObject({ s: 3n, 's~qr': 3n });
      expect((await listHours(campaign))[0]?.counters).toMatchObject({ 's~qr': 3n });
    }
  });

  test('loses nobody who may be shown when another counter is faster, and brings nobody back by a repeat', async () => {
    const { root } = await putCampaigns();
    const shown = aCounted({ campaign: root, shown: true });
    const [a, b] = ['a', 'b'].map((action, at) =>
      aChangeOf(`${root}-${action}`, 1, { after: shown, at: noon + at }),
    ) as [CatalogueEvent, CatalogueEvent];
    await beforeCounting(
      () => counting.handler(aQueueBatch([b])),
      () => counting.handler(aQueueBatch([a])),
    );
    expect(await signersOf(root)).toEqual([`${root}-b`, `${root}-a`]);
    await counting.handler(aQueueBatch([aChangeOf(`${root}-b`, 2, { before: shown })]));
    await counting.handler(aQueueBatch([b, a]));
    expect(await signersOf(root)).toEqual([`${root}-a`]);
  });

  test('has nobody to show of a campaign in which nobody signed, or nobody wants to be shown', async () => {
    const { root, other } = await putCampaigns();
    await counting.handler(aQueueBatch([aChangeOf(`${root}-a`, 1, { after: aCounted({ campaign: root }) })]));
    expect(await signersOf(root)).toEqual([]);
    expect(await signersOf(other)).toEqual([]);
  });

  test('of one campaign is not held up by the failure of another', async () => {
    const { root, other } = await putCampaigns();
    const events = [root, other].map((campaign) =>
      aChangeOf(`${campaign}-a`, 1, { after: aCounted({ campaign }) }),
    );
    database.failBy((operation, body) =>
      operation === 'TransactWriteItems' && JSON.stringify(body).includes(`"${root}"`)
        ? { name: 'AccessDeniedException', when: 'before' }
        : undefined,
    );
    const answer = await counting.handler(aQueueBatch(events));
    database.failBy(undefined);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect((await store.getTally(other))?.counters['s']).toBe(1n);
  });

  test('that is refused by the database changes nothing and asks for the events again', async () => {
    const { root } = await putCampaigns();
    const event = aChangeOf('refused', 1, { after: aCounted({ campaign: root }) });
    database.failBy((operation) =>
      operation === 'TransactWriteItems' ? { name: 'AccessDeniedException', when: 'before' } : undefined,
    );
    const answer = await counting.handler(aQueueBatch([event]));
    database.failBy(undefined);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm0' }] });
    expect(await store.getTally(root)).toBeUndefined();
  });
});

type Names = Record<'root' | 'other', string>;

let campaigns = 0;

/** Two campaigns, both new. */
async function putCampaigns(): Promise<Names> {
  campaigns += 1;
  const names = { root: `root-${campaigns}`, other: `other-${campaigns}` };
  for (const slug of Object.values(names)) {
    const campaign = aCampaign({ slug, milestones });
    await database.put('Campaigns', { pk: 'campaign', sk: slug, ...campaign });
  }
  return names;
}

async function signersOf(campaign: string): Promise<string[]> {
  return (await tallies.readTallyAndSigners(campaign, noon)).signers;
}

async function reachedBy(campaign: string): Promise<Set<string>> {
  return (await store.getTally(campaign, { consistent: true }))?.reached ?? new Set();
}

/** Has something else be counted after the tally was read, and before it is written. */
async function beforeCounting(happen: () => Promise<unknown>, count: () => Promise<unknown>): Promise<void> {
  let happening: Promise<unknown> | undefined;
  database.failBy(async (operation) => {
    if (operation !== 'TransactWriteItems' || happening) return undefined;
    happening = happen();
    await happening;
    return undefined;
  });
  await count();
  database.failBy(undefined);
}
