import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Details, mostChangesOfSeveral, toKey } from '../../functions/actions/action.ts';
import { ActionList } from '../../functions/actions/list-actions.ts';
import { day, hour, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { aStoredPledge, someDetails } from '../support/an-action.ts';

const inChapter = { campaign: 'chapter', country: 'KE', partner: 'other-org', source: 'qr' };
const inSister = { campaign: 'sister', country: 'FR', source: 'share-link' };

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let list: typeof import('../../functions/actions/list-actions.http.ts');

beforeAll(async () => {
  vi.setSystemTime(noon + 9 * day);
  database = await aDatabaseWithCampaigners();
  store = await import('../../functions/actions/action-store.ts');
  list = await import('../../functions/actions/list-actions.http.ts');
});
afterEach(() => database.failBy(undefined));
afterAll(() => database.stop());

describe('a mailbox that signs a second chapter', () => {
  test('has one action, which has joined both once that is confirmed, and not before', async () => {
    const id = await aConfirmedAction(store, inChapter);
    await store.askAction(id, someDetails(inSister), noon + hour);
    expect(await historyOf(id)).toEqual([['confirmed', 'chapter', undefined]]);
    await confirm(id, noon + 2 * hour);
    expect(await store.getAction(id)).toMatchObject({
      state: 'confirmed',
      current: {
        ...inSister,
        joined: [
          {
            campaign: 'chapter',
            partner: 'other-org',
            source: 'qr',
            consents: someDetails().consents,
            at: noon,
          },
        ],
      },
    });
    expect(await historyOf(id)).toEqual([
      ['confirmed', 'chapter', undefined],
      ['confirmed', 'sister', ['chapter']],
    ]);
  });

  test('joins a chapter that was left with all others only by signing it again', async () => {
    const id = await signed(inChapter, inSister);
    await store.withdrawAction(id, noon + day);
    await sign(id, inSister, noon + 2 * day);
    expect((await store.getAction(id))?.current).not.toHaveProperty('joined');
    await sign(id, inChapter, noon + 3 * day);
    expect(await historyOf(id)).toMatchObject([
      ['confirmed', 'chapter', undefined],
      ['confirmed', 'sister', ['chapter']],
      ['withdrawn', undefined, undefined],
      ['confirmed', 'sister', undefined],
      ['confirmed', 'chapter', ['sister']],
    ]);
  });

  test('keeps both when what was paid of its pledge is recorded, and what it counted by when all is erased', async () => {
    const id = await signed(
      { ...inChapter, pledge: aStoredPledge() },
      { ...inSister, pledge: aStoredPledge() },
    );
    const action = await store.getAction(id);
    if (action) await store.fulfilPledge(action, 1_000, noon + day);
    expect((await historyOf(id)).at(-1)).toEqual(['fulfilled', 'sister', ['chapter']]);
    await store.eraseAction(id, noon + 2 * day);
    const left = await store.getAction(id);
    expect(left).not.toHaveProperty('current');
    expect(JSON.stringify(left)).not.toMatch(/Amina|privacy/);
    expect((await historyOf(id)).map(([kind]) => kind)).toEqual([
      'confirmed',
      'confirmed',
      'fulfilled',
      'erased',
    ]);
  });

  test('may change less often than one of a single campaign: each change remembers all of them', async () => {
    const id = await signed(inChapter, inSister);
    await addChanges(id, mostChangesOfSeveral - 3);
    await store.askAction(id, someDetails(inChapter), noon + day);
    expect(await store.getAction(id)).toMatchObject({ asked: { campaign: 'chapter' } });
    await addChanges(id, 1);
    await store.askAction(id, someDetails({ ...inChapter, country: 'BR' }), noon + 2 * day);
    expect(await store.getAction(id)).toMatchObject({ asked: { country: 'KE' } });
  });
});

describe('confirming', () => {
  test('is one write, also again, where one campaign was signed', async () => {
    const id = anActionId();
    await store.askAction(id, someDetails(inChapter), noon);
    expect(await callsOf(() => confirm(id, noon + minute))).toEqual(['GetItem', 'UpdateItem']);
    await store.askAction(id, someDetails(inChapter), noon + hour);
    expect(await callsOf(() => confirm(id, noon + 2 * hour))).toEqual(['GetItem', 'UpdateItem']);
  });

  test('fifty times at once joins once', async () => {
    const id = await aConfirmedAction(store, inChapter);
    await store.askAction(id, someDetails(inSister), noon + hour);
    const { askedVersion = 0 } = (await store.getAction(id)) ?? {};
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, at) => store.confirmAction(id, askedVersion, noon + 2 * hour + at)),
    );
    expect(all.filter(({ done }) => done)).toHaveLength(1);
    expect(all.every(({ action }) => action?.currentVersion === askedVersion)).toBe(true);
    expect(await historyOf(id)).toHaveLength(2);
  });

  test('a second chapter is decided on what changed between looking and writing', async () => {
    const id = await aConfirmedAction(store, { ...inChapter, pledge: aStoredPledge() });
    await store.askAction(id, someDetails({ ...inSister, pledge: aStoredPledge() }), noon + hour);
    const before = await store.getAction(id);
    beforeWrite(2, () => before && store.fulfilPledge(before, 1_000, noon + 2 * hour));
    const { done } = await store.confirmAction(id, before?.askedVersion ?? 0, noon + 2 * hour);
    expect(done).toBe(true);
    expect(await historyOf(id)).toEqual([
      ['confirmed', 'chapter', undefined],
      ['fulfilled', 'chapter', undefined],
      ['confirmed', 'sister', ['chapter']],
    ]);
  });

  test('a second chapter is not done when the action was taken back between looking and writing', async () => {
    const id = await aConfirmedAction(store, inChapter);
    await store.askAction(id, someDetails(inSister), noon + hour);
    const { askedVersion = 0 } = (await store.getAction(id)) ?? {};
    beforeWrite(2, () => store.invalidateAction(id, 'test', noon + 2 * hour));
    const { done } = await store.confirmAction(id, askedVersion, noon + 2 * hour);
    expect(done).toBe(false);
    expect(await store.getAction(id)).toMatchObject({
      state: 'invalidated',
      current: { campaign: 'chapter' },
    });
  });
});

describe('the campaigners of a chapter', () => {
  test('see what joined it, by what was said there and when, and nothing that has not', async () => {
    const id = await signed(inChapter, inSister);
    const elsewhere = await aConfirmedAction(store, inSister);
    const seen = await listed('chapter', 'chapter-organiser');
    expect(seen.find(({ action }) => action === id)).toMatchObject({
      ...{ campaign: 'chapter', partner: 'other-org', source: 'qr', country: 'FR', state: 'confirmed' },
      ...{ confirmedAt: new Date(noon).toISOString(), changedAt: new Date(noon + hour).toISOString() },
    });
    expect(seen.map(({ action }) => action)).not.toContain(elsewhere);
    const roots = await listed('root', 'organiser');
    expect(roots.find(({ action }) => action === id)).toMatchObject({
      campaign: 'sister',
      source: 'share-link',
    });
  });

  test('see it also when all that was said was erased', async () => {
    const id = await signed(inChapter, inSister);
    await store.eraseAction(id, noon + day);
    const seen = await listed('chapter', 'chapter-organiser');
    expect(seen.find(({ action }) => action === id)).toMatchObject({ state: 'erased', source: 'qr' });
  });

  test('find it by where its supporter came from there, not elsewhere', async () => {
    const id = await signed(inChapter, inSister);
    const found = async (source: string) =>
      (await listed('chapter', 'chapter-organiser', { source })).map(({ action }) => action);
    expect(await found('qr')).toContain(id);
    expect(await found('share-link')).not.toContain(id);
  });
});

async function listed(slug: string, name: string, query: Record<string, string> = {}) {
  const sent = { slug, claims: claimsOf(name), query: { limit: '100', ...query } };
  return ActionList.parse((await callAs(list.handler, sent)).body).actions;
}

/** An action that signed one campaign at noon, and another an hour later. */
async function signed(first: Partial<Details>, second: Partial<Details>): Promise<string> {
  const id = await aConfirmedAction(store, first);
  await sign(id, second, noon + hour);
  return id;
}

async function sign(id: string, details: Partial<Details>, at: number): Promise<void> {
  await aConfirmedAction(store, details, { id, at });
}

async function confirm(id: string, at: number): Promise<void> {
  const { askedVersion = 0 } = (await store.getAction(id)) ?? {};
  await store.confirmAction(id, askedVersion, at);
}

/** Each change: its kind, the campaign that was signed last, and the others. */
async function historyOf(id: string) {
  const { history = {}, historyVersions = {} } = (await store.getAction(id)) ?? {};
  return Object.entries(history)
    .sort(([one], [other]) => Number(historyVersions[one]) - Number(historyVersions[other]))
    .map(([key, counts]) => [
      key.split(' ')[1],
      counts?.campaign,
      counts?.joined?.map(({ campaign }) => campaign),
    ]);
}

/** As if it had changed so many times more: by nothing that counts. */
async function addChanges(id: string, many: number): Promise<void> {
  const names = Array.from({ length: many }, () => `c${++changes}`);
  await database.call('UpdateItem', {
    TableName: 'Actions',
    Key: marshall({ ...toKey(id) }),
    UpdateExpression: `SET ${names.map((name) => `history.${name} = :nothing`).join(', ')}`,
    ExpressionAttributeValues: marshall({ ':nothing': null }),
  });
}

let changes = 0;

/** Operations that the database is asked for. */
async function callsOf(work: () => Promise<unknown>): Promise<string[]> {
  const calls: string[] = [];
  database.failBy((operation) => {
    calls.push(operation);
    return undefined;
  });
  await work();
  return calls;
}

/** Has something happen before the n-th write from now on. */
function beforeWrite(place: number, happens: () => unknown): void {
  let writes = 0;
  database.failBy(async (operation) => {
    if (operation === 'UpdateItem' && ++writes === place) await happens();
    return undefined;
  });
}
