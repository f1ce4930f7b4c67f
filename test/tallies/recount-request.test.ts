import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dueRecounts } from '../../functions/tallies/due-recounts.ts';
import { comparedUntil, parts, toPublicRecount } from '../../functions/tallies/recount.ts';
import { aCampaign, day, hour, minute, noon } from '../support/a-campaign.ts';
import { createTallyTables } from '../support/a-counted-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';

let database: Database;
let store: typeof import('../../functions/tallies/recount-store.ts');
let tallies: typeof import('../../functions/tallies/read.ts');
let actions: typeof import('../../functions/actions/read.ts');

beforeAll(async () => {
  database = await aDatabase();
  pointSdkTo(database.url, await createTallyTables(database));
  store = await import('../../functions/tallies/recount-store.ts');
  tallies = await import('../../functions/tallies/read.ts');
  actions = await import('../../functions/actions/read.ts');
});
afterAll(() => database.stop());

describe('a request', () => {
  test('is answered as it stands while it waits or runs, and is a new one when it has ended', async () => {
    const first = await store.requestRecount('asked', noon);
    expect(first).toMatchObject({ state: 'requested', requestedAt: noon });
    expect(await store.requestRecount('asked', noon + minute)).toEqual(first);
    const running = await store.beginRecount(first, noon + minute);
    expect(await store.requestRecount('asked', noon + 2 * minute)).toEqual(running);
    await store.noteRecount(first, { state: 'done', finishedAt: noon + 3 * minute }, noon + 3 * minute);
    const second = await store.requestRecount('asked', noon + 4 * minute);
    expect(second).toMatchObject({ state: 'requested', requestedAt: noon + 4 * minute, rows: 0 });
    expect(second.requestVersion).toBeGreaterThan(first.requestVersion);
    expect(second).not.toHaveProperty('finishedAt');
  });

  test('that did not end in an hour makes way for a new one, and cannot go on then', async () => {
    const lost = await store.requestRecount('lost', noon);
    await store.beginRecount(lost, noon);
    const next = await store.requestRecount('lost', noon + hour);
    expect(next).toMatchObject({ state: 'requested', requestedAt: noon + hour });
    expect(await store.beginRecount(lost, noon + hour)).toBeUndefined();
    expect(await store.noteRecount(lost, { state: 'done' }, noon + hour)).toBe(false);
    expect(await store.noteDifferences(lost, 'hours', 1, noon + hour)).toBe(false);
    expect(await store.getRecount('lost')).toEqual(next);
  });

  test('is taken on by one, until that one has been silent for long', async () => {
    const asked = await store.requestRecount('taken', noon);
    expect(await store.beginRecount(asked, noon)).toMatchObject({ state: 'running', startedAt: noon });
    expect(await store.beginRecount(asked, noon + 1)).toBeUndefined();
    await store.noteRecount(asked, { rows: 7, partsDone: 3 }, noon + 30_000);
    expect(await store.beginRecount(asked, noon + minute)).toBeUndefined();
    const again = await store.beginRecount(asked, noon + 2 * minute);
    expect(again).toMatchObject({ startedAt: noon + 2 * minute, rows: 0, partsDone: 0 });
  });

  test('that failed can be taken on again; one that is done cannot', async () => {
    const asked = await store.requestRecount('failed', noon);
    await store.beginRecount(asked, noon);
    await store.noteRecount(asked, { state: 'failed', reason: 'error' }, noon);
    expect(await store.beginRecount(asked, noon)).not.toHaveProperty('reason');
    await store.noteRecount(asked, { state: 'done' }, noon);
    expect(await store.beginRecount(asked, noon)).toBeUndefined();
  });

  test('is told once, when it is made; nothing is told of how it goes on', async () => {
    const images = [undefined];
    const note = async () => images.push(await itemOf('told'));
    const asked = await store.requestRecount('told', noon);
    await note();
    await store.beginRecount(asked, noon);
    await note();
    await store.noteDifferences(asked, 'events', 2, noon);
    await note();
    await store.noteRecount(asked, { state: 'done' }, noon);
    await note();
    await store.requestRecount('told', noon + day);
    await note();
    const told = images.slice(1).map((image, at) => tallies.tallyNews(images[at], image));
    expect(told.map((events) => events.map(({ name }) => name))).toEqual([
      ['RecountRequested'],
      [],
      [],
      [],
      ['RecountRequested'],
    ]);
    const id = `told:recount:${asked.requestVersion}`;
    const at = new Date(noon).toISOString();
    expect(told[0]?.[0]?.detail).toEqual({ v: 1, id, at, campaign: 'told' });
  });

  test('shows campaigners how far it is', async () => {
    const asked = await store.requestRecount('shown', noon);
    await store.beginRecount(asked, noon + 1_000);
    await store.noteRecount(asked, { rows: 1_200, partsDone: 128 }, noon + 2_000);
    const shown = await store.getRecount('shown');
    expect(shown && toPublicRecount(shown)).toEqual({
      campaign: 'shown',
      state: 'running',
      requestedAt: '2026-11-20T12:00:00.000Z',
      startedAt: '2026-11-20T12:00:01.000Z',
      finishedAt: null,
      until: '2026-11-20T11:00:00.000Z',
      parts: { done: 128, of: 768 },
      rows: 1_200,
      hours: 0,
      differences: { events: 0, hours: 0, tallies: 0, governments: 0 },
    });
  });
});

describe('what is compared', () => {
  test('ends with the last hour that has been over for five minutes', () => {
    expect(comparedUntil({ requestedAt: noon + 5 * minute })).toBe(noon);
    expect(comparedUntil({ requestedAt: noon + 5 * minute - 1 })).toBe(noon - hour);
    expect(comparedUntil({ requestedAt: noon + hour })).toBe(noon);
  });

  test('are actions of both kinds, wherever in a campaign they lie', () => {
    const all = actions.readActionParts();
    expect(all).toHaveLength(parts);
    for (const kind of ['signature', 'pledge']) {
      const partitions = all.filter((part) => part.kind === kind).map(({ partition }) => partition);
      expect(new Set(partitions)).toEqual(new Set(Array.from({ length: 256 }, (_, at) => at)));
    }
  });
});

describe('a night', () => {
  const saturday = noon + day;
  const sunday = noon + 2 * day;
  const of = (changes: Parameters<typeof aCampaign>[0], now = saturday) =>
    dueRecounts([aCampaign(changes)], now).length;

  test('recounts what is live, paused, or was closed in the two days before', () => {
    expect(of({ status: 'live' })).toBe(1);
    expect(of({ status: 'paused' })).toBe(1);
    expect(of({ status: 'closed', closesAt: new Date(saturday - 2 * day + 1).toISOString() })).toBe(1);
    expect(of({ status: 'closed', closedAt: new Date(saturday - 2 * day + 1).toISOString() })).toBe(1);
  });

  test('recounts what was closed earlier, nobody knows when perhaps, if it is a Sunday', () => {
    for (const closed of [{ closesAt: new Date(saturday - 2 * day).toISOString() }, {}]) {
      expect(of({ status: 'closed', ...closed })).toBe(0);
      expect(of({ status: 'closed', ...closed }, sunday)).toBe(1);
    }
  });

  test('leaves alone what does not move', () => {
    for (const status of ['draft', 'scheduled', 'archived'] as const)
      expect([status, of({ status }, sunday)]).toEqual([status, 0]);
  });

  test('recounts a root once, also when only its chapters are open', () => {
    const chapters = ['one', 'two'].map((slug) => aCampaign({ slug, partOf: 'root', status: 'live' }));
    const root = aCampaign({ slug: 'root', status: 'closed' });
    expect(dueRecounts([root, ...chapters, aCampaign({ slug: 'other' })], saturday)).toEqual([
      'other',
      'root',
    ]);
  });
});

async function itemOf(campaign: string) {
  const Key = marshall({ pk: campaign, sk: 'recount' });
  const { Item } = await database.call('GetItem', { TableName: 'Tallies', Key });
  return unmarshall(Item) as never;
}
