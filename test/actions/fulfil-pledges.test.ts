import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { countEvents } from '../../functions/actions/count-history.ts';
import { FulfilmentAnswer } from '../../functions/actions/fulfil-pledges.ts';
import { day, hour, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { aStoredPledge, aStoredSupport, someDetails } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let fulfil: typeof import('../../functions/actions/fulfil-pledges.http.ts');
const logged = vi.spyOn(console, 'info').mockReturnValue();

beforeAll(async () => {
  vi.setSystemTime(noon + day);
  database = await aDatabaseWithCampaigners();
  store = await import('../../functions/actions/action-store.ts');
  fulfil = await import('../../functions/actions/fulfil-pledges.http.ts');
});
afterEach(() => {
  database.failBy(undefined);
  vi.setSystemTime(noon + day);
});
afterAll(() => database.stop());

describe('what was paid of a pledge', () => {
  test('is recorded all in all, and asking again changes nothing', async () => {
    const id = await pledged({ amount: 5_000 });
    const answers = [await ask(id, 2_000), await ask(id, 2_000), await ask(id, 5_000)];
    expect(answers).toEqual(['recorded', 'unchanged', 'recorded']);
    expect(await paid(id)).toEqual([2_000, 3_000]);
  });

  test('is taken back by recording nothing', async () => {
    const id = await pledged({ amount: 5_000 });
    expect([await ask(id, 0), await ask(id, 2_000), await ask(id, 0), await ask(id, 0)]).toEqual([
      'unchanged',
      'recorded',
      'recorded',
      'unchanged',
    ]);
    expect(await paid(id)).toEqual([2_000, -2_000]);
  });

  test('once is at most what was promised; monthly it adds up', async () => {
    const [once, monthly] = await Promise.all([
      pledged({ amount: 1_000 }),
      pledged({ amount: 1_000, interval: 'monthly' }),
    ]);
    expect([await ask(once, 1_001), await ask(once, 1_000)]).toEqual(['above-pledge', 'recorded']);
    expect(await ask(monthly, 12_000)).toBe('recorded');
  });

  test('does not count of a pledge that was taken back, or that is yet to be verified', async () => {
    const [withdrawn, erased, invalid, unverified] = await Promise.all([
      ...[1, 2, 3].map(() => pledged()),
      pledged({ toVerify: true }),
    ]);
    await store.withdrawAction(withdrawn as string, noon + hour);
    await store.eraseAction(erased as string, noon + hour);
    await store.invalidateAction(invalid as string, 'test', noon + hour);
    for (const id of [withdrawn, erased, invalid, unverified])
      expect(await ask(id as string, 100)).toBe('not-counted');
  });

  test('is nothing of a pledge without money, also of one that is yet to be verified', async () => {
    const [backing, unverified] = await Promise.all(
      [false, true].map((toVerify) =>
        aConfirmedAction(store, { pledge: aStoredSupport({ toVerify }) }, { root: 'root' }),
      ),
    );
    for (const id of [backing, unverified]) expect(await ask(id as string, 100)).toBe('without-money');
    expect(await paid(backing as string)).toEqual([]);
  });

  test('is unknown of a signature, of what was never confirmed, and of what is of another campaign', async () => {
    const pending = anActionId('root', 'pledge');
    await store.askAction(pending, someDetails({ campaign: 'root', pledge: aStoredPledge() }), noon);
    const unknown = [
      await aConfirmedAction(store),
      await pledged({}, 'other', 'other'),
      pending,
      anActionId('root', 'pledge'),
      'root~pledge~',
    ];
    for (const id of unknown) expect(await ask(id, 100)).toBe('unknown');
  });

  test('is recorded by a chapter of its own pledges only, and by the root of all', async () => {
    const [its, sisters] = await Promise.all([pledged({}, 'chapter'), pledged({}, 'sister')]);
    const asChapter = (id: string) => ask(id, 100, 'chapter-organiser', 'chapter');
    expect([await asChapter(its), await asChapter(sisters)]).toEqual(['recorded', 'unknown']);
    expect(await ask(sisters, 100)).toBe('recorded');
  });
});

describe('when others change the pledge at the same time', () => {
  test('it is decided on what the pledge is then', async () => {
    const [again, withdrawn] = await Promise.all([pledged(), pledged()]);
    await beforeWriting(() =>
      store.askAction(again, someDetails({ campaign: 'root', pledge: aStoredPledge() }), noon + hour),
    );
    expect(await ask(again, 100)).toBe('recorded');
    await beforeWriting(() => store.withdrawAction(withdrawn, noon + hour));
    expect(await ask(withdrawn, 100)).toBe('not-counted');
    expect([await paid(again), await paid(withdrawn)]).toEqual([[100], []]);
  });

  test('also in the same millisecond, every change is kept by itself', async () => {
    const id = await pledged({ amount: 5_000 });
    await beforeWriting(() => ask(id, 2_000));
    expect(await ask(id, 5_000)).toBe('recorded');
    expect(await paid(id)).toEqual([2_000, 3_000]);
    const ids = (await events(id)).map(({ detail }) => detail.id);
    expect(new Set(ids).size).toBe(3);
  });

  test('again and again, it fails, and can be asked for again', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const id = await pledged();
    let changes = 0;
    database.failBy(async (operation, body) => {
      if (operation !== 'UpdateItem' || !JSON.stringify(body).includes('fulfilled')) return undefined;
      changes += 1;
      await store.askAction(id, someDetails({ campaign: 'root' }), noon + changes * minute);
      return undefined;
    });
    expect(await ask(id, 100)).toBe('failed');
    database.failBy(undefined);
    expect([changes, await ask(id, 100)]).toEqual([3, 'recorded']);
  });
});

test('a hundred pledges are recorded at once, with the longest ids and amounts there are', async () => {
  const amount = 1_000_000_000_000;
  const longest = Array.from({ length: 100 }, () => ({
    action: anActionId('r'.repeat(60), 'pledge'),
    amount,
  }));
  expect((await send(longest)).status).toBe(200);
  const ids = await Promise.all(Array.from({ length: 100 }, () => pledged()));
  const { body } = await send(ids.map((action) => ({ action, amount: 100 })));
  expect(FulfilmentAnswer.parse(body)).toEqual({
    results: ids.map((action) => ({ action, status: 'recorded' })),
  });
});

test('what was recorded is logged with who asked and how many there were, without an address', async () => {
  logged.mockClear();
  await ask(await pledged(), 100);
  const message = 'payments of pledges were recorded';
  expect(logged.mock.calls).toEqual([
    [{ message, campaign: 'root', member: 'subject-of-organiser', count: 1 }],
  ]);
});

test.each<[string, object[], string, string]>([
  ['none', [], '', 'too-small'],
  ['one twice', [aFulfilment(), aFulfilment()], '/1', 'repeated'],
  ['less than nothing', [aFulfilment({ amount: -1 })], '/0/amount', 'too-small'],
  ['half a cent', [aFulfilment({ amount: 0.5 })], '/0/amount', 'invalid-type'],
  ['more than is ever pledged', [aFulfilment({ amount: 1_000_000_000_001 })], '/0/amount', 'too-big'],
  ['no amount', [aFulfilment({ amount: undefined })], '/0/amount', 'required'],
  ['another field', [aFulfilment({ currency: 'EUR' })], '/0/currency', 'unknown-field'],
])('recording %s is refused', async (_, fulfilments, pointer, code) => {
  const { status, body } = await send(fulfilments);
  expect(status).toBe(422);
  expect(body.errors).toMatchObject([{ pointer: `/fulfilments${pointer}`, code }]);
});

function aFulfilment(changes: object = {}): object {
  return { action: 'root~pledge~0aXk', amount: 100, ...changes };
}

function send(fulfilments: object[], name = 'organiser', slug = 'root') {
  return callAs(fulfil.handler, { slug, claims: claimsOf(name), body: { fulfilments } });
}

async function ask(action: string, amount: number, name = 'organiser', slug = 'root'): Promise<string> {
  const { body } = await send([{ action, amount }], name, slug);
  return body.results[0].status;
}

function pledged(
  pledge: Parameters<typeof aStoredPledge>[0] = {},
  campaign = 'root',
  root = 'root',
): Promise<string> {
  return aConfirmedAction(store, { campaign, pledge: aStoredPledge(pledge) }, { root });
}

/** Has something happen once, after the pledge was read and before it is written. */
async function beforeWriting(happen: () => Promise<unknown>): Promise<void> {
  let happening: Promise<unknown> | undefined;
  database.failBy(async (operation) => {
    if (operation !== 'UpdateItem' || happening) return undefined;
    happening = happen();
    await happening;
    return undefined;
  });
}

async function events(id: string) {
  const action = await store.getAction(id);
  return action ? countEvents(action) : [];
}

/** By how much each news of a pledge changes what was paid. */
async function paid(id: string): Promise<number[]> {
  const changes = (await events(id)).filter(({ name }) => name === 'ActionChanged');
  return changes.map(({ detail }) => {
    const { before, after } = detail as unknown as Record<string, { pledge?: { fulfilled?: number } }>;
    return (after?.pledge?.fulfilled ?? 0) - (before?.pledge?.fulfilled ?? 0);
  });
}
