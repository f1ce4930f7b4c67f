import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Details, toActionId, toKey } from '../../functions/actions/action.ts';
import { changesOf, countEvents, countedBy, countsOf } from '../../functions/actions/count-history.ts';
import { day, minute, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aStoredPledge, aStoredSupport, someDetails } from '../support/an-action.ts';

const campaign = 'mental-health-for-all';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  pointSdkTo(database.url, { ACTIONS_TABLE: 'Actions' });
  store = await import('../../functions/actions/action-store.ts');
});
afterAll(() => database.stop());

describe('what an action counts by', () => {
  test('is the campaign and the country, the partner and the source, and whether its supporter may be shown', () => {
    expect(countsOf(someDetails())).toEqual({ campaign: 'mental-health-for-all', country: 'KE' });
    for (const display of ['initials', 'name'] as const) {
      const details = someDetails({ partner: 'other-org', source: 'qr', display });
      expect(countsOf(details)).toEqual({
        campaign: 'mental-health-for-all',
        country: 'KE',
        partner: 'other-org',
        source: 'qr',
        shown: true,
      });
    }
  });

  test('is an amount of a pledge of money, and none of one without money', () => {
    expect(countsOf(someDetails({ pledge: aStoredPledge() }))).toMatchObject({
      pledge: { currency: 'EUR', amount: 2_500 },
    });
    const support = aStoredSupport({ atLeast: 100 });
    expect(countsOf(someDetails({ pledge: support }))).toEqual(countsOf(someDetails()));
    expect(countsOf(someDetails({ pledge: { ...support, toVerify: true } }))).toBeNull();
  });
});

describe('the history of an action', () => {
  test('has every change of what it counts by, as the tally has to count it', async () => {
    const id = anId('a');
    await confirm(id, noon, 'KE');
    await confirm(id, noon + day, 'FR');
    await store.withdrawAction(id, noon + 2 * day);
    await confirm(id, noon + 3 * day, 'BR');
    await store.invalidateAction(id, 'automated', noon + 4 * day);
    await confirm(id, noon + 5 * day, 'BR');
    await store.eraseAction(id, noon + 6 * day);
    const changes = changesOf(await stored(id));
    expect(changes.map(({ kind, before, after }) => [kind, before?.country, after?.country])).toEqual([
      ['confirmed', undefined, 'KE'],
      ['confirmed', 'KE', 'FR'],
      ['withdrawn', 'FR', undefined],
      ['confirmed', undefined, 'BR'],
      ['invalidated+automated', 'BR', undefined],
      ['confirmed', undefined, 'BR'],
      ['erased', 'BR', undefined],
    ]);
    expect(changes.map(({ at }) => at)).toEqual([0, 1, 2, 3, 4, 5, 6].map((days) => noon + days * day));
    expect(countEvents(await stored(id)).map(({ name }) => name)).toEqual([
      'ActionConfirmed',
      'ActionChanged',
      'ActionWithdrawn',
      'ActionConfirmed',
      'ActionInvalidated',
      'ActionConfirmed',
      'ActionErased',
    ]);
  });

  test('tells of no change when what did not count is erased', async () => {
    const id = anId('b');
    await confirm(id, noon, 'KE');
    await store.withdrawAction(id, noon + minute);
    await store.eraseAction(id, noon + 2 * minute);
    expect(countEvents(await stored(id)).map(({ name }) => name)).toEqual([
      'ActionConfirmed',
      'ActionWithdrawn',
    ]);
  });

  test('has another source, and who may be shown from then on, once these are confirmed', async () => {
    const id = anId('i');
    await confirm(id, noon, 'KE');
    await confirm(id, noon + day, 'KE', { source: 'qr', display: 'name' });
    await confirm(id, noon + 2 * day, 'KE', { source: 'share-app' });
    const said = countEvents(await stored(id)).map(({ detail }) => ({ before: {}, after: {}, ...detail }));
    expect(said).toMatchObject([
      { after: { country: 'KE' } },
      { before: { country: 'KE' }, after: { source: 'qr', shown: true } },
      { before: { source: 'qr', shown: true }, after: { source: 'share-app' } },
    ]);
    for (const one of [said[0]?.after, said[1]?.before])
      for (const name of ['source', 'shown']) expect(one).not.toHaveProperty(name);
    expect(said[2]?.after).not.toHaveProperty('shown');
  });

  test('that was stored before sources were counted is valid, and is changed by what is confirmed next', async () => {
    const id = anId('j');
    await confirm(id, noon, 'KE', { source: 'qr', display: 'name' });
    await forgetSource(id);
    expect(countedBy(await stored(id))).toEqual({ campaign, root: 'a', kind: 'signature', country: 'KE' });
    await confirm(id, noon + day, 'KE', { source: 'qr', display: 'name' });
    expect(countEvents(await stored(id))).toMatchObject([
      { name: 'ActionConfirmed', detail: { after: { country: 'KE' } } },
      { name: 'ActionChanged', detail: { before: { country: 'KE' }, after: { source: 'qr', shown: true } } },
    ]);
  });

  test('has a pledge without money, which begins and ceases to count like any other', async () => {
    const id = anId('k', 'pledge');
    await confirm(id, noon, 'KE', { pledge: aStoredSupport() });
    await store.withdrawAction(id, noon + day);
    const counted = { campaign, root: 'a', kind: 'pledge', country: 'KE' };
    const told = countEvents(await stored(id)).map(({ name, detail }) => [name, { ...detail }]);
    expect(told).toMatchObject([
      ['ActionConfirmed', { after: counted }],
      ['ActionWithdrawn', { before: counted }],
    ]);
    expect(JSON.stringify(told)).not.toContain('amount');
  });

  test('has no pledge that is yet to be verified', async () => {
    const id = anId('c', 'pledge');
    await confirm(id, noon, 'KE', { pledge: aStoredPledge({ toVerify: true }) });
    expect(countedBy(await stored(id))).toBeUndefined();
    expect(countEvents(await stored(id))).toEqual([]);
  });

  test('grows to a bound, after which leaving is still possible', async () => {
    const id = anId('d');
    for (let time = 0; time < 201; time++) await confirm(id, noon + time * day, 'KE');
    expect(Object.keys((await stored(id)).history)).toHaveLength(200);
    expect(await store.eraseAction(id, noon + 300 * day)).toMatchObject({ done: true });
    expect(countedBy(await stored(id))).toBeUndefined();
  });
});

describe('fulfilling a pledge', () => {
  test('counts how much was paid so far, beside what was promised', async () => {
    const id = anId('e', 'pledge');
    await confirm(id, noon, 'KE', { pledge: aStoredPledge({ amount: 5_000 }) });
    for (const [paid, at] of [
      [1_000, noon + day],
      [5_000, noon + 2 * day],
    ] as const)
      expect(await store.fulfilPledge(await stored(id), paid, at)).toMatchObject({ done: true });
    expect(countedBy(await stored(id))).toMatchObject({ pledge: { amount: 5_000, fulfilled: 5_000 } });
    expect(countEvents(await stored(id)).map(({ name }) => name)).toEqual([
      'ActionConfirmed',
      'ActionChanged',
      'ActionChanged',
    ]);
  });

  test('leaves all else that the pledge counts by as it is', async () => {
    const id = anId('l', 'pledge');
    const said = { partner: 'other-org', source: 'qr', display: 'initials' } as const;
    await confirm(id, noon, 'KE', { ...said, pledge: aStoredPledge() });
    const before = countedBy(await stored(id));
    await store.fulfilPledge(await stored(id), 1_000, noon + day);
    expect(before).toMatchObject({ partner: 'other-org', source: 'qr', shown: true });
    expect(countedBy(await stored(id))).toEqual({
      ...before,
      pledge: { ...before?.pledge, fulfilled: 1_000 },
    });
  });

  test('is not done on a pledge without money', async () => {
    const id = anId('m', 'pledge');
    await confirm(id, noon, 'KE', { pledge: aStoredSupport() });
    expect(await store.fulfilPledge(await stored(id), 1, noon + day)).toMatchObject({ done: false });
  });

  test('is not done on a signature, a withdrawn pledge, or one that changed since it was read', async () => {
    const [signature, pledge] = [anId('f'), anId('g', 'pledge')];
    await confirm(signature, noon, 'KE');
    expect(await store.fulfilPledge(await stored(signature), 1, noon + day)).toMatchObject({ done: false });
    await confirm(pledge, noon, 'KE', { pledge: aStoredPledge() });
    const seen = await stored(pledge);
    await store.withdrawAction(pledge, noon + day);
    expect(await store.fulfilPledge(seen, 1, noon + 2 * day)).toMatchObject({ done: false });
    expect(await store.fulfilPledge(await stored(pledge), 1, noon + 2 * day)).toMatchObject({ done: false });
  });
});

describe('invalidating', () => {
  test('takes a confirmed action back once, and keeps what was said', async () => {
    const id = anId('h');
    await confirm(id, noon, 'KE');
    expect(await store.invalidateAction(id, 'test', noon + day)).toMatchObject({ done: true });
    expect(await store.invalidateAction(id, 'test', noon + day + 1)).toMatchObject({ done: false });
    expect(await stored(id)).toMatchObject({ state: 'invalidated', current: { givenName: 'Amina' } });
  });
});

function anId(name: string, kind: 'signature' | 'pledge' = 'signature'): string {
  return toActionId({ root: 'a', kind, hash: Buffer.from(`history ${name}`).toString('base64url') });
}

async function confirm(id: string, at: number, country: string, said: Partial<Details> = {}) {
  await store.askAction(id, someDetails({ country, ...said }), at - minute);
  const action = await stored(id);
  if (action.asked) await store.confirmAction(id, action.askedVersion, at);
}

async function stored(id: string) {
  const action = await store.getAction(id);
  if (!action) throw new Error(`${id} is not stored`);
  return action;
}

/** As items were before sources and those who may be shown were counted by. */
async function forgetSource(id: string): Promise<void> {
  const { history } = await stored(id);
  const [key = ''] = Object.keys(history);
  await database.call('UpdateItem', {
    TableName: 'Actions',
    Key: marshall({ ...toKey(id) }),
    UpdateExpression: 'REMOVE history.#change.#source, history.#change.shown',
    ExpressionAttributeNames: { '#change': key, '#source': 'source' },
  });
}
