import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Details, toActionId, toKey } from '../../functions/actions/action.ts';
import { ActionList } from '../../functions/actions/list-actions.ts';
import { readCursor, toCursor } from '../../functions/actions/list-cursor.ts';
import { day, hour, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { aStoredPledge, aStoredSupport, someDetails } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let list: typeof import('../../functions/actions/list-actions.http.ts');

beforeAll(async () => {
  vi.setSystemTime(noon + day);
  database = await aDatabaseWithCampaigners();
  store = await import('../../functions/actions/action-store.ts');
  list = await import('../../functions/actions/list-actions.http.ts');
});
beforeEach(() => emptyTable());
afterAll(() => database.stop());

describe('the list of actions', () => {
  test('says what each counts by and when, and nothing of who it was', async () => {
    const id = await aConfirmedAction(store, { partner: 'other-org', source: 'qr', postalCode: '00100' });
    const { status, headers, body } = await ask();
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(ActionList.parse(body).actions).toEqual([
      {
        action: id,
        campaign: 'root',
        kind: 'signature',
        state: 'confirmed',
        country: 'KE',
        partner: 'other-org',
        source: 'qr',
        confirmedAt: '2026-11-20T12:00:00.000Z',
        changedAt: '2026-11-20T12:00:00.000Z',
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/Amina|Otieno|amina|00100|privacy/);
  });

  test('says what was pledged and how much of it was paid, and not by whom', async () => {
    const pledger = { type: 'organisation', name: 'Otieno & Sons' } as const;
    const id = await aConfirmedAction(store, { pledge: aStoredPledge({ pledger, note: 'Amina' }) });
    await fulfil(id, 1_000);
    const { body } = await ask({ kind: 'pledge' });
    expect(body.actions).toMatchObject([
      {
        action: id,
        pledge: { amount: 2_500, currency: 'EUR', interval: 'once', fulfilled: 1_000, toVerify: false },
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/Amina|Otieno/);
  });

  test('says of a pledge without money on what it depends, and of no money', async () => {
    const id = await aConfirmedAction(store, {
      pledge: aStoredSupport({ atLeast: 100, note: 'Amina', toVerify: true }),
    });
    expect((await ask({ kind: 'pledge' })).body.actions).toMatchObject([
      { action: id, pledge: { atLeast: 100, toVerify: true } },
    ]);
    const [{ pledge }] = (await ask({ kind: 'pledge' })).body.actions;
    expect(Object.keys(pledge).sort()).toEqual(['atLeast', 'toVerify']);
  });

  test('has each state that follows a confirmation, and not what was never confirmed', async () => {
    const [stays, leaves, erased, invalid] = await Promise.all([1, 2, 3, 4].map(() => signature()));
    await store.askAction(anActionId(), someDetails({ campaign: 'root' }), noon);
    await store.withdrawAction(leaves as string, noon + hour);
    await store.eraseAction(erased as string, noon + hour);
    await store.invalidateAction(invalid as string, 'test', noon + hour);
    const { actions } = await all({ kind: 'signature' });
    expect(Object.fromEntries(actions.map(({ action, state }) => [action, state]))).toEqual({
      [stays as string]: 'confirmed',
      [leaves as string]: 'withdrawn',
      [erased as string]: 'erased',
      [invalid as string]: 'invalidated',
    });
  });

  test('has of what was erased only what it counted by, and nothing of what never counted', async () => {
    const counted = await aConfirmedAction(store, { source: 'qr', pledge: aStoredPledge() });
    const unverified = await aConfirmedAction(store, { pledge: aStoredPledge({ toVerify: true }) });
    for (const id of [counted, unverified]) await store.eraseAction(id, noon + hour);
    expect((await all({ kind: 'pledge' })).actions).toEqual([
      {
        action: counted,
        campaign: 'root',
        kind: 'pledge',
        state: 'erased',
        country: 'KE',
        source: 'qr',
        confirmedAt: '2026-11-20T12:00:00.000Z',
        changedAt: '2026-11-20T13:00:00.000Z',
      },
    ]);
  });

  test('finds a burst from one source in an hour', async () => {
    const burst = await Promise.all([0, 20, 59].map((at) => signature({ source: 'qr' }, noon + at * minute)));
    await signature({ source: 'qr' }, noon - 1);
    await signature({ source: 'qr' }, noon + hour);
    await signature({ source: 'share-link' }, noon + minute);
    await signature({}, noon + minute);
    const { actions } = await all({
      kind: 'signature',
      source: 'qr',
      confirmedFrom: '2026-11-20T12:00:00Z',
      confirmedTo: '2026-11-20T13:00:00Z',
    });
    expect(actions.map(({ action }) => action).sort()).toEqual(burst.sort());
  });

  test.each([
    ['kind', { kind: 'pledge' }],
    ['state', { state: 'withdrawn' }],
    ['country', { country: 'FR' }],
    ['partner', { partner: 'other-org' }],
  ])('finds by %s', async (_, query) => {
    const id = await aConfirmedAction(store, {
      country: 'FR',
      partner: 'other-org',
      pledge: aStoredPledge(),
    });
    await store.withdrawAction(id, noon + hour);
    await signature();
    expect((await all(query)).actions.map(({ action }) => action)).toEqual([id]);
  });
});

describe('the pages of the list', () => {
  test.each([1, 3, 100])('of %s have every action once, in one partition or in many', async (limit) => {
    const spread = await Promise.all(Array.from({ length: 7 }, () => signature()));
    const together = await Promise.all([1, 2, 3, 4].map((at) => signatureIn(0xff, at)));
    const { actions, pages } = await all({ kind: 'signature', limit: String(limit) });
    expect(actions.map(({ action }) => action).sort()).toEqual([...spread, ...together].sort());
    expect(Math.max(...pages.map((page) => page.actions.length))).toBeLessThanOrEqual(limit);
  });

  test('are 50 actions long unless it is said', async () => {
    await Promise.all(Array.from({ length: 51 }, () => signature()));
    const { pages } = await all({ kind: 'signature' });
    expect(pages[0]?.actions).toHaveLength(50);
  });

  test('have what is wanted of a partition that takes several queries', async () => {
    const many = Array.from({ length: 130 }, (_, at) =>
      signatureIn(0, at, { country: at % 2 ? 'FR' : 'KE' }),
    );
    const french = (await Promise.all(many)).filter((_, at) => at % 2);
    const { actions } = await all({ kind: 'signature', country: 'FR', limit: '100' });
    expect(actions.map(({ action }) => action).sort()).toEqual(french.sort());
  });

  test('can be empty and go on: a call looks at a bounded part', async () => {
    const pledge = await aConfirmedAction(store, { pledge: aStoredPledge() });
    const { actions, pages } = await all();
    expect(pages[0]).toEqual({ actions: [], cursor: expect.any(String) });
    expect(actions.map(({ action }) => action)).toEqual([pledge]);
  });

  test('go on after what was looked at last, although it is gone since', async () => {
    const [first, second, third] = await Promise.all([1, 2, 3].map((at) => signatureIn(7, at)));
    const page = (await ask({ limit: '1' })).body;
    expect(page.actions[0].action).toBe(first);
    await database.call('DeleteItem', { TableName: 'Actions', Key: toAttributes(first as string) });
    const { actions } = await all({ kind: 'signature', cursor: page.cursor });
    expect(actions.map(({ action }) => action)).toEqual([second, third]);
  });

  test('cost half a read unit for each partition with little in it, and less than ten for a hundred actions', async () => {
    await signatureIn(7, 1);
    expect(await readUnits({ kind: 'signature' })).toEqual({ queries: 256, units: 128 });
    await Promise.all(Array.from({ length: 100 }, (_, at) => signatureIn(0, at)));
    const { queries, units } = await readUnits({ kind: 'signature', limit: '100' });
    expect(queries).toBe(1);
    expect(units).toBeLessThan(10);
  });
});

describe('a cursor', () => {
  test.each(['', 'abc', 'c2lnbmF0dXJlLjI1Ni4', toCursor({ kind: 'signature', partition: 7 }).slice(0, -1)])(
    'that was not given (%j) is refused',
    async (cursor) => {
      const { status, body } = await ask({ cursor });
      expect([status, body.errors[0].pointer, body.errors[0].code]).toEqual([
        422,
        '/cursor',
        'invalid-cursor',
      ]);
    },
  );

  test.each(['signature.007.', 'signature.7', 'signature.7.#other', 'pledges.7.', 'signature.256.'])(
    'is none when it says %s',
    (text) => {
      expect(readCursor(Buffer.from(text).toString('base64url'))).toBeUndefined();
    },
  );

  test('is read as it was written', () => {
    for (const position of [
      { kind: 'signature', partition: 0 },
      { kind: 'pledge', partition: 255, after: 'A-_9' },
    ] as const)
      expect(readCursor(toCursor(position))).toEqual({ after: undefined, ...position });
  });

  test('of the other kind is refused', async () => {
    const { status, body } = await ask({
      kind: 'pledge',
      cursor: toCursor({ kind: 'signature', partition: 7 }),
    });
    expect([status, body.errors[0].code]).toEqual([422, 'invalid-cursor']);
  });

  test("of another campaign's list leads to no action of that campaign", async () => {
    await Promise.all([1, 2].map((at) => signatureIn(7, at, {}, 'other')));
    const page = (await ask({ limit: '1' }, 'outsider', 'other')).body;
    expect(page.actions).toHaveLength(1);
    expect((await all({ kind: 'signature', cursor: page.cursor })).actions).toEqual([]);
  });
});

describe('a chapter', () => {
  test('lists its own actions, and its root those of all', async () => {
    const [its, sisters, roots] = await Promise.all(
      ['chapter', 'sister', 'root'].map((campaign) => signature({ campaign })),
    );
    const listed = async (name: string, slug: string) =>
      (await all({ kind: 'signature' }, name, slug)).actions.map(({ action }) => action).sort();
    expect(await listed('chapter-organiser', 'chapter')).toEqual([its]);
    expect(await listed('viewer', 'root')).toEqual([its, sisters, roots].sort());
  });
});

test.each([
  { sourc: 'qr' },
  { kind: 'voice' },
  { state: 'pending' },
  { country: 'ke' },
  { source: '' },
  { confirmedFrom: '2026-11-20' },
  { confirmedTo: '2026-11-20T13:00' },
  { limit: '0' },
  { limit: '101' },
  { limit: '1.5' },
  { limit: 'all' },
])('what cannot be looked for is refused by its name: %j', async (query) => {
  const { status, body } = await ask(query as never as Record<string, string>);
  expect([status, body.errors.map(({ pointer }: { pointer: string }) => pointer)]).toEqual([
    422,
    [`/${Object.keys(query)[0]}`],
  ]);
});

function ask(query: Record<string, string> = {}, name = 'viewer', slug = 'root') {
  return callAs(list.handler, { slug, claims: claimsOf(name), query });
}

/** The whole list, page by page. */
async function all(query: Record<string, string> = {}, name = 'viewer', slug = 'root') {
  const pages: ActionList[] = [];
  for (let cursor = query['cursor'] ?? ''; pages.at(-1)?.cursor !== null; cursor = pages.at(-1)?.cursor ?? '')
    pages.push((await ask({ ...query, ...(cursor && { cursor }) }, name, slug)).body);
  return { pages, actions: pages.flatMap(({ actions }) => actions) };
}

/** What the queries of one page consume. */
async function readUnits(query: Record<string, string>): Promise<{ queries: number; units: number }> {
  const queries: object[] = [];
  database.failBy((operation, body) => {
    if (operation === 'Query' && JSON.stringify(body).includes('"Actions"')) queries.push(body as object);
    return undefined;
  });
  await ask(query);
  database.failBy(undefined);
  const measured = await Promise.all(
    queries.map((body) => database.call('Query', { ...body, ReturnConsumedCapacity: 'TOTAL' })),
  );
  const units = measured.map(({ ConsumedCapacity }) => ConsumedCapacity.CapacityUnits as number);
  return { queries: queries.length, units: units.reduce((sum, each) => sum + each, 0) };
}

function signature(details: Partial<Details> = {}, at = noon): Promise<string> {
  return aConfirmedAction(store, details, { at });
}

/** The signatures of one partition have hashes that begin with the same byte. */
function signatureIn(partition: number, at: number, details: Partial<Details> = {}, root = 'root') {
  const hash = Buffer.alloc(32, at).fill(partition, 0, 1).toString('base64url');
  return aConfirmedAction(store, details, { root, id: toActionId({ root, kind: 'signature', hash }) });
}

async function fulfil(id: string, amount: number): Promise<void> {
  const action = await store.getAction(id);
  if (action) await store.fulfilPledge(action, amount, noon + hour);
}

function toAttributes(id: string) {
  const { pk, sk } = toKey(id);
  return { pk: { S: pk }, sk: { S: sk } };
}

async function emptyTable(): Promise<void> {
  const { Items } = await database.call('Scan', { TableName: 'Actions', ProjectionExpression: 'pk, sk' });
  for (const Key of Items) await database.call('DeleteItem', { TableName: 'Actions', Key });
}
