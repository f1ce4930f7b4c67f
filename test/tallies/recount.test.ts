import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Recount } from '../../functions/tallies/recount.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { hour, minute, noon } from '../support/a-campaign.ts';
import {
  aCountedCampaign,
  addTo,
  confirmed,
  createTallyTables,
  fewPartitions,
} from '../support/a-counted-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aTallyKey } from '../support/a-tally-key.ts';
import { aQueueBatch } from '../support/an-event.ts';
import { auditedCounts, storedCounts } from '../support/audited-counts.ts';

// All 768 parts are read by test/flow/recount.test.ts; here actions lie in few of them.
vi.mock('../../functions/actions/counted-actions.ts', async (original) => {
  const module = await original<typeof import('../../functions/actions/counted-actions.ts')>();
  const actionParts = module.actionParts.filter(({ partition }) => fewPartitions.includes(partition));
  return { ...module, actionParts };
});

const nothing = { events: 0, hours: 0, tallies: 0, governments: 0 };
const errors = vi.spyOn(console, 'error').mockReturnValue();
vi.spyOn(console, 'warn').mockReturnValue();

let database: Database;
let counting: typeof import('../../functions/tallies/count-changes.event.ts');
let recounting: typeof import('../../functions/tallies/recount.event.ts');
let store: typeof import('../../functions/tallies/recount-store.ts');
let nouns: typeof import('../../functions/tallies/recount.ts');

beforeAll(async () => {
  vi.setSystemTime(noon);
  database = await aDatabase();
  pointSdkTo(database.url, await createTallyTables(database));
  counting = await import('../../functions/tallies/count-changes.event.ts');
  recounting = await import('../../functions/tallies/recount.event.ts');
  store = await import('../../functions/tallies/recount-store.ts');
  nouns = await import('../../functions/tallies/recount.ts');
});
beforeEach(() => errors.mockClear());
afterAll(() => database.stop());

describe('what is made wrong on purpose is found and set right in one recount, with traffic going on', () => {
  const names = [
    ...[
      's',
      's@KE',
      's@FR',
      's+p-1',
      's~qr',
      's:confirmed',
      's:withdrawn',
      's:erased',
      's:invalidated+automated',
    ],
    ...['p', 'p@BR', 'p+p-1', 'p:confirmed', 'n#EUR', 'a#EUR', 'f#EUR', 'a#JPY'],
  ];
  test.concurrent.each(names)('%s: in the tally alone, in an hour alone, and in both', async (name) => {
    const campaign = await aLivelyCampaign();
    const [one, other] = [hourAgo(3), hourAgo(4)];
    await addTo(database, campaign.root, 'tally', { [name]: 5n });
    await addTo(database, campaign.root, one, { [name]: 2n });
    for (const sk of ['tally', other]) await addTo(database, campaign.root, sk, { [name]: -1n });
    const { differences } = await campaign.inTraffic(() => recount(campaign.root));
    expect(differences).toEqual({ ...nothing, hours: 2, tallies: 1 });
    await expectExact(campaign);
    expect(await recount(campaign.root)).toMatchObject({ state: 'done', differences: nothing });
  });

  test('an hour that is gone', async () => {
    const campaign = await aLivelyCampaign();
    await remove(campaign.root, hourAgo(3));
    const { differences } = await campaign.inTraffic(() => recount(campaign.root));
    expect(differences).toEqual({ ...nothing, hours: 1 });
    await expectExact(campaign);
    expect((await recount(campaign.root)).differences).toEqual(nothing);
  });

  test('a tally that is gone', async () => {
    const campaign = await aLivelyCampaign();
    await remove(campaign.root, 'tally');
    const { differences } = await recount(campaign.root);
    expect(differences).toEqual({ ...nothing, tallies: 1 });
    await expectExact(campaign);
    const { version, asOf, goals } = (await stored(campaign.root)) ?? {};
    expect({ version, asOf, goals }).toEqual({
      version: expect.any(Number),
      asOf: noon - hour,
      goals: [1_000],
    });
    expect((await recount(campaign.root)).differences).toEqual(nothing);
  });

  test('all that there was of a campaign and its chapter', async () => {
    const campaign = await aLivelyCampaign();
    for (const slug of [campaign.root, campaign.chapter])
      for (const sk of ['tally', ...[2, 3, 4, 5].map(hourAgo)]) await remove(slug, sk);
    await campaign.inTraffic(() => recount(campaign.root));
    await expectExact(campaign);
    expect((await recount(campaign.root)).differences).toEqual(nothing);
  });

  test('more counters than one write takes', async () => {
    const campaign = await aLivelyCampaign();
    const many = (count: number) => Object.fromEntries(letters(count).map((code) => [`s@${code}`, 3n]));
    await addTo(database, campaign.root, hourAgo(3), many(260));
    await addTo(database, campaign.root, 'tally', many(600));
    expect((await recount(campaign.root)).differences).toEqual({ ...nothing, hours: 1, tallies: 1 });
    await expectExact(campaign);
  });

  test('sums that are larger than a JavaScript number holds', async () => {
    const { root, chapter, act } = await aCountedCampaign(database);
    const pledge = { currency: 'IRR', amount: Number.MAX_SAFE_INTEGER };
    for (let number = 0; number < 3; number++) await count(await act([confirmed(3, { pledge })], 'pledge'));
    await addTo(database, root, hourAgo(3), { 'a#IRR': 1n });
    await addTo(database, root, 'tally', { 'a#IRR': -1n });
    expect((await recount(root)).differences).toEqual({ ...nothing, hours: 1, tallies: 1 });
    expect((await storedCounts(database, root)).tally['a#IRR']).toBe(27_021_597_764_222_973n);
    await expectExact({ root, chapter });
  });

  test('a chapter and its root, each for itself', async () => {
    const campaign = await aLivelyCampaign();
    await addTo(database, campaign.chapter, hourAgo(2), { s: 7n });
    await addTo(database, campaign.root, hourAgo(2), { s: 1n });
    await addTo(database, campaign.chapter, 'tally', { 's@KE': -2n });
    const { differences } = await recount(campaign.root);
    expect(differences).toEqual({ ...nothing, hours: 2, tallies: 1 });
    await expectExact(campaign);
  });

  test('a count of which there is no action', async () => {
    const campaign = await aLivelyCampaign();
    const other = await aCountedCampaign(database);
    const events = await other.act([confirmed(3)]);
    await count(JSON.parse(JSON.stringify(events).replaceAll(other.root, campaign.root)));
    expect((await recount(campaign.root)).differences).toEqual({ ...nothing, hours: 1, tallies: 1 });
    await expectExact(campaign);
  });
});

describe('a change that was never counted', () => {
  test('is counted by the recount, and by a redrive of its event not once more', async () => {
    const campaign = await aLivelyCampaign();
    const lost = [
      ...(await campaign.act([confirmed(3), { at: noon - 2 * hour, kind: 'withdrawn', counts: null }])),
      ...(await campaign.act([confirmed(3, { campaign: campaign.chapter, country: 'FR' })])),
    ];
    const { differences } = await campaign.inTraffic(() => recount(campaign.root));
    // The second action counts in two campaigns.
    expect(differences).toEqual({ ...nothing, events: 4 });
    await expectExact(campaign);
    await count([...lost, ...lost]);
    await expectExact(campaign);
    expect((await recount(campaign.root)).differences).toEqual(nothing);
  });

  test('brings in who may be shown, and what is set right beside it takes nobody away', async () => {
    const { readTallyAndSigners } = await import('../../functions/tallies/read.ts');
    const signersOf = async (slug: string) => (await readTallyAndSigners(slug, noon)).signers;
    const campaign = await aLivelyCampaign();
    const [known] = await signersOf(campaign.root);
    const [lost] = await campaign.act([confirmed(3, { shown: true })]);
    await addTo(database, campaign.root, 'tally', { s: 1n });
    await recount(campaign.root);
    const all = [known, lost?.name === 'ActionConfirmed' && lost.detail.action];
    expect(await signersOf(campaign.root)).toEqual(all);
    expect(await signersOf(campaign.chapter)).toEqual([known]);
  });

  test('is counted once when its event comes in the middle of the recount', async () => {
    const campaign = await aLivelyCampaign();
    for (const operation of ['BatchGetItem', 'TransactWriteItems', 'TransactGetItems']) {
      const lost = await campaign.act([confirmed(3)]);
      await firstBefore(
        operation,
        () => count(lost),
        () => recount(campaign.root),
      );
      await expectExact(campaign);
    }
  });

  test('is set right with the rest when it is too old for its event to come', async () => {
    const campaign = await aCountedCampaign(database);
    const old = await campaign.act([confirmed(24 * 62)]);
    expect((await recount(campaign.root)).differences).toEqual({ ...nothing, hours: 1, tallies: 1 });
    await expectExact(campaign);
    const { batchItemFailures } = await counting.handler(aQueueBatch(old));
    expect(batchItemFailures).toHaveLength(1);
    await expectExact(campaign);
  });

  test('is still under way, and left alone, when its hour is not over', async () => {
    const campaign = await aLivelyCampaign();
    const before = await storedCounts(database, campaign.root);
    await campaign.act([{ at: noon - 50 * minute, kind: 'confirmed', counts: {} }]);
    await campaign.act([{ at: noon - 1, kind: 'confirmed', counts: {} }]);
    expect((await recount(campaign.root)).differences).toEqual(nothing);
    expect(await storedCounts(database, campaign.root)).toEqual(before);
  });

  test('is told by a line without personal data, which says where and how much', async () => {
    const campaign = await aCountedCampaign(database);
    await count(await campaign.act([confirmed(2)]));
    await campaign.act([confirmed(3, { country: 'FR' })]);
    await addTo(database, campaign.root, 'tally', { 's+p-1': 2n });
    await recount(campaign.root);
    expect(errors.mock.calls.map(([line]) => line)).toEqual([
      {
        message: 'a recount found a difference',
        reason: 'never counted',
        campaign: campaign.root,
        hour: '2026-11-20T09',
        counters: { s: '1', 's@FR': '1', 's:confirmed': '1' },
      },
      {
        message: 'a recount found a difference',
        reason: 'tally',
        campaign: campaign.root,
        counters: { 's+p-1': '-2' },
      },
    ]);
  });
});

describe('a recount that is handed twice', () => {
  test('at the same time sets right once', async () => {
    const campaign = await aLivelyCampaign();
    await addTo(database, campaign.root, hourAgo(3), { s: 2n });
    await addTo(database, campaign.root, 'tally', { s: 5n, 's@KE': 1n });
    await campaign.act([confirmed(4)]);
    const event = await request(campaign.root);
    await Promise.all([recounting.handler(event), recounting.handler(event)]);
    await expectExact(campaign);
  });

  test('and done by both at the same time sets right once', async () => {
    const { recountCampaign } = await import('../../functions/tallies/recount-campaign.ts');
    const { RecountProgress } = await import('../../functions/tallies/recount-progress.ts');
    const campaign = await aLivelyCampaign();
    const many = Object.fromEntries(letters(300).map((code) => [`s@${code}`, 2n]));
    await addTo(database, campaign.root, hourAgo(3), { ...many, s: 2n });
    await addTo(database, campaign.root, 'tally', { ...many, s: 5n });
    await campaign.act([confirmed(4)]);
    const asked = await store.requestRecount(campaign.root, noon);
    const recounts = [1, 2, 3].map(() => recountCampaign(new RecountProgress(asked)));
    await campaign.inTraffic(() => Promise.all(recounts));
    await expectExact(campaign);
  });

  test('is taken over from a function that has ended without a word', async () => {
    const campaign = await aLivelyCampaign();
    await addTo(database, campaign.root, 'tally', { s: 1n });
    const event = await request(campaign.root);
    await store.beginRecount((await store.getRecount(campaign.root)) as Recount, noon);
    const taken = recounting.handler(event);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await store.getRecount(campaign.root)).toMatchObject({ state: 'running', rows: 0 });
    vi.setSystemTime(noon + minute);
    await taken;
    vi.setSystemTime(noon);
    expect(await store.getRecount(campaign.root)).toMatchObject({ state: 'done', startedAt: noon + minute });
    await expectExact(campaign);
  });

  test('is not done again when it is done', async () => {
    const campaign = await aLivelyCampaign();
    const event = await request(campaign.root);
    await recounting.handler(event);
    await addTo(database, campaign.root, 'tally', { s: 1n });
    await recounting.handler(event);
    expect((await storedCounts(database, campaign.root)).tally['s']).toBe(
      ((await auditedCounts(database, campaign.root, campaign.root)).tally['s'] ?? 0n) + 1n,
    );
  });
});

describe('milestones', () => {
  test('that the tally meets once it is right are reached', async () => {
    const campaign = await aCountedCampaign(database, { world: [2, 5], country: [2] });
    for (let number = 0; number < 3; number++) await count(await campaign.act([confirmed(3)]));
    await remove(campaign.root, 'tally');
    await recount(campaign.root);
    expect((await stored(campaign.root))?.reached).toEqual(new Set(['world#2', 'KE#2']));
  });

  test('that were added after they were met are reached', async () => {
    const campaign = await aCountedCampaign(database);
    for (let number = 0; number < 3; number++) await count(await campaign.act([confirmed(3)]));
    await campaign.setMilestones({ world: [3, 4], country: [2] });
    expect((await recount(campaign.root)).differences).toEqual(nothing);
    expect((await stored(campaign.root))?.reached).toEqual(new Set(['world#3', 'KE#2']));
  });
});

describe('a tally', () => {
  test('moves on when an hour is set right: who has read its hours knows them by its version', async () => {
    const campaign = await aLivelyCampaign();
    const before = await stored(campaign.root);
    await addTo(database, campaign.root, hourAgo(3), { s: 1n });
    await recount(campaign.root);
    const after = await stored(campaign.root);
    expect(after?.version).toBeGreaterThan(before?.version ?? 0);
    expect(after?.counters).toEqual(before?.counters);
  });

  test('is not taken for wrong because something is counted while it is looked at', async () => {
    const campaign = await aLivelyCampaign();
    const other = await aCountedCampaign(database);
    const events = JSON.stringify(await other.act([confirmed(8, { campaign: other.chapter })]));
    const late = events.replaceAll(other.root, campaign.root).replaceAll(other.chapter, campaign.chapter);
    await firstBefore(
      'TransactGetItems',
      () => count(JSON.parse(late)),
      () => recount(campaign.root),
    );
    expect((await store.getRecount(campaign.root))?.differences).toEqual(nothing);
  });

  test('keeps its pace when it is set right: nobody signed just now', async () => {
    const campaign = await aLivelyCampaign();
    const before = await stored(campaign.root);
    await addTo(database, campaign.root, 'tally', { s: -500n });
    await recount(campaign.root);
    const { rate, pollAfter, asOf } = (await stored(campaign.root)) ?? {};
    expect({ rate, pollAfter, asOf }).toEqual({
      rate: before?.rate,
      pollAfter: before?.pollAfter,
      asOf: before?.asOf,
    });
  });
});

describe('governments', () => {
  test('that have a letter are added to the tally, and none is taken away', async () => {
    const { aStoredLetter } = await import('../support/a-stored-letter.ts');
    const { root } = await aCountedCampaign(database);
    const letters = [
      aStoredLetter({ letter: 'a', target: 'ke-health', state: 'delivered' }),
      aStoredLetter({ letter: 'b', target: 'fr-health', state: 'sent' }),
      aStoredLetter({ letter: 'c', target: 'br-health', state: 'sent' }),
    ];
    const old = { campaign: root, requestedAt: noon - 3 * hour, changedAt: noon - 2 * hour };
    for (const letter of letters) await database.put('Letters', { ...letter, ...old });
    const fresh = { campaign: root, letter: 'd', target: 'in-health', requestedAt: noon - minute };
    await database.put('Letters', { ...aStoredLetter({ state: 'requested' }), ...fresh });
    await addTargeted(root, ['fr-health', 'gone']);
    expect((await recount(root)).differences).toEqual({ ...nothing, governments: 3 });
    expect(await stored(root)).toMatchObject({
      targeted: new Set(['fr-health', 'gone', 'ke-health', 'br-health']),
      delivered: new Set(['ke-health']),
    });
    expect((await recount(root)).differences).toEqual(nothing);
  });
});

describe('what a recount leaves alone and says', () => {
  test('actions that count for a campaign which is no chapter', async () => {
    const campaign = await aLivelyCampaign();
    const stranger = await aCountedCampaign(database);
    await count(await campaign.act([confirmed(3, { campaign: stranger.root })]));
    await addTo(database, stranger.root, hourAgo(3), { s: 4n });
    const before = await storedCounts(database, stranger.root);
    await recount(campaign.root);
    expect(await storedCounts(database, stranger.root)).toEqual(before);
    expect(errors.mock.calls.map(([line]) => line)).toEqual([
      expect.objectContaining({ reason: 'not a chapter', campaign: stranger.root }),
    ]);
  });
});

describe('a recount that cannot be done', () => {
  test('fails, says so, changes nothing, and can be tried again', async () => {
    const campaign = await aLivelyCampaign();
    const before = await storedCounts(database, campaign.root);
    const broken = { pk: `${campaign.root}#signature#00`, sk: 'broken' };
    await database.put('Actions', { ...broken, state: 'confirmed' });
    const event = await request(campaign.root);
    await expect(recounting.handler(event)).rejects.toThrow('has no history');
    expect(await store.getRecount(campaign.root)).toMatchObject({ state: 'failed', reason: 'error' });
    expect(errors.mock.calls).toEqual([[expect.objectContaining({ message: 'a recount failed' })]]);
    expect(await storedCounts(database, campaign.root)).toEqual(before);
    await database.put('Actions', { ...broken, state: 'pending' });
    await recounting.handler(event);
    expect(await store.getRecount(campaign.root)).toMatchObject({ state: 'done' });
  });

  test('because there are too many actions is not tried again, and says why', async () => {
    const campaign = await aLivelyCampaign();
    const event = await request(campaign.root);
    const clock = vi.spyOn(performance, 'now');
    let calls = 0;
    clock.mockImplementation(() => (calls++ < 3 ? 0 : 15 * minute));
    await recounting.handler(event);
    clock.mockRestore();
    expect(await store.getRecount(campaign.root)).toMatchObject({ state: 'failed', reason: 'out-of-time' });
    expect(errors).toHaveBeenCalledOnce();
  });
});

type Campaign = Pick<Awaited<ReturnType<typeof aCountedCampaign>>, 'root' | 'chapter'>;

/** A campaign and its chapter with counts of every kind, by hours of which the last is not over, and more to come. */
async function aLivelyCampaign() {
  const campaign = await aCountedCampaign(database);
  const { chapter, act } = campaign;
  const pledge = { currency: 'EUR', amount: 2_500 };
  const invalid = 'invalidated+automated';
  const events = [
    await act([confirmed(5), confirmed(4, { country: 'FR', partner: 'p-1' })]),
    await act([
      confirmed(4, { partner: 'p-1', source: 'qr' }),
      { at: noon - 3 * hour, kind: 'withdrawn', counts: null },
    ]),
    await act([confirmed(4), { at: noon - 3 * hour, kind: 'erased', counts: null }, confirmed(2)]),
    await act([
      confirmed(3, { campaign: chapter, source: 'qr' }),
      confirmed(2, { campaign: chapter, country: 'FR' }),
    ]),
    await act([confirmed(3), { at: noon - 2 * hour, kind: invalid, counts: null }]),
    await act([confirmed(1, { campaign: chapter, source: 'qr', shown: true })]),
    await act([
      confirmed(4, { campaign: chapter, partner: 'p-1' }),
      confirmed(2, { country: 'FR', joined: [{ campaign: chapter, partner: 'p-1' }] }),
    ]),
    await act([confirmed(4, { source: 'qr' })], 'pledge'),
    await act([confirmed(4, { country: 'BR', partner: 'p-1', pledge })], 'pledge'),
    await act([confirmed(3, { pledge: { currency: 'JPY', amount: 800 } })], 'pledge'),
    await act(
      [
        confirmed(3, { pledge }),
        { ...confirmed(2, { pledge: { ...pledge, fulfilled: 900 } }), kind: 'fulfilled' },
      ],
      'pledge',
    ),
  ];
  await count(events.flat());
  return { ...campaign, inTraffic: <T>(work: () => Promise<T>) => inTraffic(campaign, work) };
}

/** Somebody signs and is counted, again and again, until the work is done. */
async function inTraffic<T>(
  { act, chapter }: Awaited<ReturnType<typeof aCountedCampaign>>,
  work: () => Promise<T>,
): Promise<T> {
  let isDone = false;
  const traffic = async () => {
    for (let number = 0; !isDone; number++) {
      const changes = number % 2 === 0 ? {} : { campaign: chapter };
      await count(await act([{ at: noon - minute + number, kind: 'confirmed', counts: changes }]));
    }
  };
  const signing = traffic();
  try {
    return await work();
  } finally {
    isDone = true;
    await signing;
  }
}

async function count(events: CatalogueEvent[]): Promise<void> {
  const { batchItemFailures } = await counting.handler(aQueueBatch(events));
  expect(batchItemFailures).toEqual([]);
}

/** The event of a new request, as EventBridge hands it over. */
async function request(root: string) {
  const [event] = nouns.recountNews(undefined, await store.requestRecount(root, noon));
  return { 'detail-type': event?.name, detail: event?.detail } as never;
}

async function recount(root: string): Promise<Recount> {
  await recounting.handler(await request(root));
  return (await store.getRecount(root)) as Recount;
}

async function expectExact({ root, chapter }: Campaign): Promise<void> {
  for (const campaign of [root, chapter])
    expect(await storedCounts(database, campaign), campaign).toEqual(
      await auditedCounts(database, root, campaign),
    );
}

/** Has something happen before the first call of an operation. */
async function firstBefore(
  operation: string,
  happen: () => Promise<unknown>,
  work: () => Promise<unknown>,
): Promise<void> {
  let happening: Promise<unknown> | undefined;
  database.failBy(async (called) => {
    if (called !== operation || happening) return undefined;
    happening = happen();
    await happening;
    return undefined;
  });
  await work();
  database.failBy(undefined);
  expect(happening, operation).toBeDefined();
}

async function stored(campaign: string) {
  const { getTally } = await import('../../functions/tallies/tally-store.ts');
  return getTally(campaign, { consistent: true });
}

function hourAgo(hours: number): string {
  return `hour#${new Date(noon - hours * hour).toISOString().slice(0, 13)}`;
}

async function remove(campaign: string, sk: string): Promise<void> {
  await database.call('DeleteItem', { TableName: 'Tallies', Key: marshall(aTallyKey(campaign, sk)) });
}

async function addTargeted(campaign: string, targets: string[]): Promise<void> {
  await count(
    targets.map((target) => ({
      name: 'LetterRequested',
      detail: {
        v: 1,
        id: `${campaign}:${target}`,
        at: new Date(noon).toISOString(),
        campaign,
        letter: 'x',
        target,
      },
    })),
  );
}

/** So many codes of two letters. */
function letters(count: number): string[] {
  const code = (number: number) => String.fromCharCode(65 + (number % 26));
  return Array.from({ length: count }, (_, at) => code(at) + code(Math.floor(at / 26)));
}
