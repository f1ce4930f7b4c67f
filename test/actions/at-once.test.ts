import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toActionId } from '../../functions/actions/action.ts';
import { countEvents } from '../../functions/actions/count-history.ts';
import { minute, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aStoredPledge, someDetails } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  pointSdkTo(database.url, { ACTIONS_TABLE: 'Actions' });
  store = await import('../../functions/actions/action-store.ts');
});
afterAll(() => database.stop());

/** Clocks of two machines may agree on a millisecond that was not the same one. */
describe('two changes of one kind in one millisecond', () => {
  test('are one when an action is confirmed anew: the link stays good', async () => {
    const id = await aConfirmed('confirmed');
    await ask(id, 'FR', noon);
    expect(await store.confirmAction(id, await askedVersion(id), noon)).toMatchObject({ done: false });
    expect(await told(id)).toEqual(['ActionConfirmed']);
    expect(await store.confirmAction(id, await askedVersion(id), noon + 1)).toMatchObject({ done: true });
    expect(await told(id)).toEqual(['ActionConfirmed', 'ActionChanged']);
  });

  test('are one when an action is taken back, asked for again and taken back', async () => {
    const id = await aConfirmed('withdrawn');
    for (const done of [true, false]) {
      expect(await store.withdrawAction(id, noon)).toMatchObject({ done, action: { state: 'withdrawn' } });
      await ask(id, 'FR', noon);
    }
    expect(await told(id)).toEqual(['ActionConfirmed', 'ActionWithdrawn']);
  });

  test('are one when two payments of a pledge are recorded', async () => {
    const id = await aConfirmed('paid', 'pledge');
    for (const [paid, done] of [
      [1_000, true],
      [2_000, false],
    ] as const) {
      const action = await stored(id);
      expect(await store.fulfilPledge(action, paid, noon)).toMatchObject({ done });
    }
    expect(await told(id)).toEqual(['ActionConfirmed', 'ActionChanged']);
  });
});

/** An action that was confirmed at noon. */
async function aConfirmed(name: string, kind: 'signature' | 'pledge' = 'signature'): Promise<string> {
  const id = toActionId({ root: 'a', kind, hash: Buffer.from(name).toString('base64url') });
  await ask(id, 'KE', noon - minute, kind);
  await store.confirmAction(id, await askedVersion(id), noon);
  return id;
}

function ask(id: string, country: string, at: number, kind = 'signature'): Promise<void> {
  return store.askAction(
    id,
    someDetails({ country, ...(kind === 'pledge' && { pledge: aStoredPledge() }) }),
    at,
  );
}

async function askedVersion(id: string): Promise<number> {
  return (await stored(id)).askedVersion;
}

async function told(id: string): Promise<string[]> {
  return countEvents(await stored(id)).map(({ name }) => name);
}

async function stored(id: string) {
  const action = await store.getAction(id);
  if (!action) throw new Error(`${id} is not stored`);
  return action;
}
