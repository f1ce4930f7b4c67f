import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toActionId, toKey } from '../../functions/actions/action.ts';
import { day, minute, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { someDetails } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  pointSdkTo(database.url, { ACTIONS_TABLE: 'Actions' });
  store = await import('../../functions/actions/action-store.ts');
});
afterAll(() => database.stop());

describe('asking', () => {
  test('writes the request beside nothing, to be removed when its link has expired', async () => {
    const id = newId();
    await store.askAction(id, someDetails(), noon);
    expect(await stored(id)).toMatchObject({
      state: 'pending',
      version: noon + 1,
      askedVersion: noon + 1,
      asked: { ...someDetails(), expiresAt: noon + 7 * day },
      expires: (noon + 7 * day) / 1_000,
    });
  });

  test('again within the minute changes nothing, and says nothing', async () => {
    const id = newId();
    await store.askAction(id, someDetails(), noon);
    const before = await stored(id);
    await expect(
      store.askAction(id, someDetails({ country: 'FR' }), noon + minute - 1),
    ).resolves.toBeUndefined();
    expect(await stored(id)).toEqual(before);
  });

  test('again after a minute replaces the request: the newest details win', async () => {
    const id = newId();
    await store.askAction(id, someDetails(), noon);
    await store.askAction(id, someDetails({ country: 'FR' }), noon + minute);
    expect(await store.getAction(id)).toMatchObject({ askedVersion: noon + 2, asked: { country: 'FR' } });
  });

  test('beside what is confirmed leaves that as it is', async () => {
    const id = await confirmedAction();
    await store.askAction(id, someDetails({ country: 'FR' }), noon + minute);
    expect(await store.getAction(id)).toMatchObject({
      state: 'confirmed',
      current: { country: 'KE' },
      asked: { country: 'FR' },
    });
    expect((await stored(id))['expires']).toBe('kept');
  });

  test('a sixth time in a day leaves the fifth request, whose link was mailed last; the next day it is taken', async () => {
    const id = newId();
    for (let time = 0; time < 7; time++) await store.askAction(id, someDetails(), noon + time * minute);
    const mailed = (await store.getAction(id))?.askedVersion ?? 0;
    expect(mailed).toBe(noon + 5);
    expect((await store.confirmAction(id, mailed, noon + 10 * minute)).done).toBe(true);
    await store.askAction(id, someDetails({ country: 'FR' }), noon + day);
    expect(await store.getAction(id)).toMatchObject({ asked: { country: 'FR' } });
  });

  test('twice at the same time writes one of the two', async () => {
    const id = newId();
    await Promise.all(
      ['KE', 'FR', 'BR'].map((country) => store.askAction(id, someDetails({ country }), noon)),
    );
    expect(await store.getAction(id)).toMatchObject({ version: noon + 1 });
  });
});

describe('confirming', () => {
  test('makes what was asked current, and keeps it', async () => {
    const id = newId();
    await store.askAction(id, someDetails(), noon);
    const { done, action } = await store.confirmAction(id, noon + 1, noon + 5_000);
    expect(done).toBe(true);
    expect(action).toMatchObject({
      state: 'confirmed',
      version: noon + 2,
      currentVersion: noon + 1,
      current: someDetails(),
      confirmedAt: noon + 5_000,
    });
    expect(await stored(id)).not.toHaveProperty('asked');
    expect(await stored(id)).not.toHaveProperty('expires');
  });

  test('fifty times at once is done once', async () => {
    const id = newId();
    await store.askAction(id, someDetails(), noon);
    const all = await Promise.all(
      Array.from({ length: 50 }, () => store.confirmAction(id, noon + 1, noon + 5_000)),
    );
    expect(all.filter(({ done }) => done)).toHaveLength(1);
    expect(all.every(({ action }) => action?.currentVersion === noon + 1)).toBe(true);
  });

  test('by the link of an older request is not done', async () => {
    const id = newId();
    await store.askAction(id, someDetails(), noon);
    await store.askAction(id, someDetails(), noon + minute);
    expect(await store.confirmAction(id, noon + 1, noon + 2 * minute)).toMatchObject({ done: false });
  });

  test('is done until the moment that the link expires', async () => {
    const id = newId();
    await store.askAction(id, someDetails(), noon);
    expect(await store.confirmAction(id, noon + 1, noon + 7 * day)).toMatchObject({ done: false });
    expect(await store.confirmAction(id, noon + 1, noon + 7 * day - 1)).toMatchObject({ done: true });
  });

  test('of what is not there is not done, and makes nothing', async () => {
    const id = newId();
    expect(await store.confirmAction(id, noon, noon)).toEqual({ done: false, action: undefined });
    expect(await store.getAction(id)).toBeUndefined();
  });
});

describe('leaving', () => {
  test('withdraws what is confirmed, with a request that waits', async () => {
    const id = await confirmedAction();
    await store.askAction(id, someDetails(), noon + minute);
    expect(await store.withdrawAction(id, noon + 2 * minute)).toMatchObject({
      done: true,
      action: { state: 'withdrawn' },
    });
    expect(await stored(id)).not.toHaveProperty('asked');
  });

  test('erases all that was said; state and version stay', async () => {
    const id = await confirmedAction();
    await store.withdrawAction(id, noon + minute);
    expect(await store.eraseAction(id, noon + 2 * minute)).toMatchObject({ done: true });
    expectNothingPersonal(await stored(id));
  });

  test('erases also what was asked anew after an erasure, and before any confirmation', async () => {
    const again = await confirmedAction();
    await store.eraseAction(again, noon + minute);
    await store.askAction(again, someDetails(), noon + 2 * minute);
    const pending = newId();
    await store.askAction(pending, someDetails(), noon);
    for (const id of [again, pending]) {
      await store.eraseAction(id, noon + 3 * minute);
      expectNothingPersonal(await stored(id));
    }
  });

  test('withdraws also what was asked anew after a withdrawal', async () => {
    const id = await confirmedAction();
    await store.withdrawAction(id, noon + minute);
    await store.askAction(id, someDetails(), noon + 2 * minute);
    await store.withdrawAction(id, noon + 3 * minute);
    expect(await stored(id)).not.toHaveProperty('asked');
  });

  test('can be taken back by signing again', async () => {
    const id = await confirmedAction();
    await store.eraseAction(id, noon + minute);
    await store.askAction(id, someDetails(), noon + 2 * minute);
    const asked = await store.getAction(id);
    await store.confirmAction(id, asked?.askedVersion ?? 0, noon + 3 * minute);
    expect(await store.getAction(id)).toMatchObject({ state: 'confirmed', current: someDetails() });
  });
});

describe('forgetting', () => {
  const all = { Segment: 0, TotalSegments: 1 };

  test('finds requests that were not confirmed in time beside what is kept, and removes them alone', async () => {
    const id = await confirmedAction();
    await store.askAction(id, someDetails({ country: 'FR' }), noon + minute);
    const late = noon + minute + 7 * day;
    expect(await overdue(late - 1)).not.toContainEqual(toKey(id));
    expect(await overdue(late)).toContainEqual(toKey(id));
    await store.forgetAsked(toKey(id), late);
    expect(await stored(id)).not.toHaveProperty('asked');
    expect(await store.getAction(id)).toMatchObject({ state: 'confirmed', current: someDetails() });
  });

  test('leaves a request that was made since, and what TTL removes as a whole', async () => {
    const [kept, pending] = [await confirmedAction(), newId()];
    for (const id of [kept, pending]) await store.askAction(id, someDetails(), noon + minute);
    await store.askAction(kept, someDetails({ country: 'FR' }), noon + 7 * day);
    const late = noon + minute + 7 * day;
    await store.forgetAsked(toKey(kept), late);
    expect(await store.getAction(kept)).toMatchObject({ asked: { country: 'FR' } });
    expect(await overdue(late)).not.toContainEqual(toKey(pending));
  });

  async function overdue(now: number) {
    const keys: unknown[] = [];
    for await (const key of store.listOverdueAsks(all, now)) keys.push(key);
    return keys;
  }
});

let ids = 0;

function newId(): string {
  ids += 1;
  return toActionId({
    root: 'a',
    kind: 'signature',
    hash: Buffer.from(`mailbox ${ids}`).toString('base64url'),
  });
}

async function confirmedAction(): Promise<string> {
  const id = newId();
  await store.askAction(id, someDetails(), noon);
  await store.confirmAction(id, noon + 1, noon);
  return id;
}

async function stored(id: string): Promise<Record<string, unknown>> {
  const { pk, sk } = toKey(id);
  const { Item } = await database.call('GetItem', {
    TableName: 'Actions',
    Key: { pk: { S: pk }, sk: { S: sk } },
  });
  return unmarshall(Item);
}

function expectNothingPersonal(item: Record<string, unknown>): void {
  expect(item['state']).toBe('erased');
  // What the tally counted by stays in the history: a campaign and a country, no person.
  expect(JSON.stringify(item)).not.toMatch(/Amina|Otieno|amina@/);
  expect(item).not.toHaveProperty('current');
  expect(item).not.toHaveProperty('asked');
}
