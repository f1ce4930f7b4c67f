import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openStream } from '../../infra/local/engines/table-stream.ts';
import type { CatalogueEvent, Counted } from '../../shared/events/catalogue.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, type DatabaseFault, pointSdkTo } from '../support/a-database.ts';
import { aChangeOf, aCounted, aQueueBatch } from '../support/an-event.ts';

const milestones = { world: [1, 5, 20, 60], country: [2, 10] };
type Milestone = CatalogueEvent<'MilestoneReached'>;

let database: Database;
let counting: typeof import('../../functions/tallies/count-changes.event.ts');
let tallies: typeof import('../../functions/tallies/read.ts');
let store: typeof import('../../functions/tallies/tally-store.ts');

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  // Events older than 60 days are refused: the clock stands still.
  vi.setSystemTime(noon);
  database = await aDatabase();
  await database.createTable('Tallies', ['pk', 'sk'], { stream: true });
  await database.createTable('Campaigns', ['pk', 'sk']);
  pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies', CAMPAIGNS_TABLE: 'Campaigns' });
  counting = await import('../../functions/tallies/count-changes.event.ts');
  tallies = await import('../../functions/tallies/read.ts');
  store = await import('../../functions/tallies/tally-store.ts');
});
afterAll(() => database.stop());

describe('counting', () => {
  test('is exact after any mix of repeats, disorder, crashes, conflicts and throttling', async () => {
    await fc.assert(
      fc.asyncProperty(aHistory, fc.integer(), async (history, luck) => {
        const names = await putCampaigns();
        const events = toEvents(history, names);
        const chance = aChance(luck);
        await deliver(disordered(events, chance), chance);
        for (const campaign of Object.values(names)) await expectExact(campaign, history, names);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });

  test('of nothing but confirmations reaches exactly the milestones that the counts meet', async () => {
    const confirmations = fc.array(aFact, { minLength: 1, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(confirmations, fc.integer(), async (facts, luck) => {
        const names = await putCampaigns();
        const history = facts.map((fact) => ({ facts: [fact], withdrawn: false }));
        const chance = aChance(luck);
        await deliver(disordered(toEvents(history, names), chance), chance);
        for (const campaign of Object.values(names)) {
          const { counters } = modelOf(campaign, history, names);
          expect(await reachedBy(campaign)).toEqual(metBy(counters));
        }
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  test('tells of each milestone once, with counts that meet it', async () => {
    const told = await milestonesTold();
    expect(told.length).toBeGreaterThan(10);
    expect(new Set(told.map(({ detail }) => detail.id)).size).toBe(told.length);
    for (const { detail } of told) {
      const { scope, figures, threshold } = detail;
      const count = scope === 'world' ? figures.signatures : (figures.byCountry[scope] ?? 0);
      expect(count, detail.id).toBeGreaterThanOrEqual(threshold);
    }
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

/** One action over time: what it counts by at each confirmation, and whether it was withdrawn in the end. */
interface History {
  facts: Fact[];
  withdrawn: boolean;
}
interface Fact {
  where: 'root' | 'chapter' | 'other';
  country: string;
  partner: string | undefined;
  pledge: { currency: string; amount: number } | undefined;
  hour: number;
}
type Names = Record<Fact['where'], string>;

const aFact: fc.Arbitrary<Fact> = fc.record({
  where: fc.constantFrom('root', 'chapter', 'other'),
  country: fc.constantFrom('KE', 'FR', 'BR'),
  partner: fc.option(fc.constantFrom('p-1', 'p-2'), { nil: undefined }),
  pledge: fc.option(
    fc.record({ currency: fc.constantFrom('EUR', 'JPY', 'KWD'), amount: fc.integer({ min: 1, max: 1e12 }) }),
    { nil: undefined },
  ),
  hour: fc.integer({ min: 0, max: 5 }),
});
const aHistory = fc.array(
  fc.record({ facts: fc.array(aFact, { minLength: 1, maxLength: 3 }), withdrawn: fc.boolean() }),
  { minLength: 20, maxLength: 60 },
);

let campaigns = 0;

/** Two campaigns and a chapter of the first, all new. */
async function putCampaigns(): Promise<Names> {
  campaigns += 1;
  const names = { root: `root-${campaigns}`, chapter: `chapter-${campaigns}`, other: `other-${campaigns}` };
  for (const slug of Object.values(names)) {
    const campaign = aCampaign({ slug, milestones });
    await database.put('Campaigns', { pk: 'campaign', sk: slug, ...campaign });
  }
  return names;
}

function toCounted({ where, country, partner, pledge }: Fact, names: Names): Counted {
  return {
    campaign: names[where],
    root: where === 'chapter' ? names.root : names[where],
    kind: pledge ? 'pledge' : 'signature',
    country,
    ...(partner && { partner }),
    ...(pledge && { pledge }),
  };
}

function toEvents(history: History[], names: Names): CatalogueEvent[] {
  return history.flatMap(({ facts, withdrawn }, action) => {
    const steps = [...facts.map((fact) => toCounted(fact, names)), ...(withdrawn ? [undefined] : [])];
    return steps.map((after, at) => {
      const when = Date.UTC(2026, 10, 20, facts[at]?.hour ?? 0) + at;
      return aChangeOf(`${names.root}-${action}`, at, { before: steps[at - 1], after, at: when });
    });
  });
}

/** The model: the last fact of every action that was not withdrawn, counted one by one. */
function modelOf(campaign: string, history: History[], names: Names) {
  const counters: Record<string, bigint> = {};
  const add = (name: string, by = 1) => {
    counters[name] = (counters[name] ?? 0n) + BigInt(by);
  };
  for (const { facts, withdrawn } of history) {
    const counted = toCounted(facts.at(-1) as Fact, names);
    if (withdrawn || ![counted.campaign, counted.root].includes(campaign)) continue;
    const kind = counted.pledge ? 'p' : 's';
    add(kind);
    add(`${kind}@${counted.country}`);
    if (counted.partner) add(`${kind}+${counted.partner}`);
    if (counted.pledge) add(`n#${counted.pledge.currency}`);
    if (counted.pledge) add(`a#${counted.pledge.currency}`, counted.pledge.amount);
  }
  return { counters };
}

function metBy(counters: Record<string, bigint>): Set<string> {
  const countries = Object.entries(counters).filter(([name]) => name.startsWith('s@'));
  return new Set([
    ...milestones.world.filter((at) => (counters['s'] ?? 0n) >= at).map((at) => `world#${at}`),
    ...countries.flatMap(([name, count]) =>
      milestones.country.filter((at) => count >= at).map((at) => `${name.slice(2)}#${at}`),
    ),
  ]);
}

async function expectExact(campaign: string, history: History[], names: Names): Promise<void> {
  const { counters } = modelOf(campaign, history, names);
  const tally = await store.getTally(campaign, { consistent: true });
  expect(netOf(tally?.counters ?? {}), campaign).toEqual(counters);
  expect(await sumOfHours(campaign), campaign).toEqual(counters);
  expect([...(await reachedBy(campaign))], campaign).toEqual(expect.arrayContaining([...metBy(counters)]));
}

async function reachedBy(campaign: string): Promise<Set<string>> {
  return (await store.getTally(campaign, { consistent: true }))?.reached ?? new Set();
}

async function sumOfHours(campaign: string): Promise<Record<string, bigint>> {
  const { Items } = await database.call('Query', {
    TableName: 'Tallies',
    KeyConditionExpression: 'pk = :hours',
    ExpressionAttributeValues: marshall({ ':hours': `${campaign}#hours` }),
  });
  const sum: Record<string, bigint> = {};
  for (const item of Items) {
    const { pk: _pk, sk: _sk, ...counters } = unmarshall(item);
    for (const [name, value] of Object.entries(counters)) sum[name] = (sum[name] ?? 0n) + BigInt(value);
  }
  return netOf(sum);
}

/** Net counts: how they came about is left to the model of whole histories. */
function netOf(counters: Record<string, bigint>): Record<string, bigint> {
  return Object.fromEntries(
    Object.entries(counters).filter(([name, value]) => value !== 0n && !name.includes(':')),
  );
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

type Chance = (oneIn: number) => boolean;

/** Chance that can be repeated: mulberry32. */
function aChance(seed: number): Chance & { below(limit: number): number } {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return Object.assign((oneIn: number) => below(oneIn) === 0, { below });
}

/** Every event one to three times, in any order. */
function disordered(events: CatalogueEvent[], chance: ReturnType<typeof aChance>): CatalogueEvent[] {
  const repeated = events.flatMap((event) => Array.from({ length: 1 + chance.below(3) }, () => event));
  for (let at = repeated.length - 1; at > 0; at--) {
    const other = chance.below(at + 1);
    [repeated[at], repeated[other]] = [repeated[other] as CatalogueEvent, repeated[at] as CatalogueEvent];
  }
  return repeated;
}

/** Two counters take batches off the queue until nothing is left; what failed comes again. */
async function deliver(queue: CatalogueEvent[], chance: ReturnType<typeof aChance>): Promise<void> {
  const left = [...queue];
  database.failBy((operation) => faultOf(operation, chance));
  const counter = async () => {
    while (left.length > 0) {
      const batch = left.splice(0, 1 + chance.below(97));
      const { batchItemFailures } = await counting.handler(aQueueBatch(batch));
      const failed = batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier.slice(1)));
      left.push(...failed.map((at) => batch[at] as CatalogueEvent));
    }
  };
  await Promise.all([counter(), counter()]);
  database.failBy(undefined);
  expect(left).toEqual([]);
}

/** What AWS does under load, and a process that ends between counting and its milestones. */
function faultOf(operation: string, chance: ReturnType<typeof aChance>): DatabaseFault | undefined {
  const when = chance(2) ? ('before' as const) : ('after' as const);
  if (operation === 'TransactWriteItems' && chance(4)) {
    if (chance(3)) return { name: 'ProvisionedThroughputExceededException', when };
    // A cancelled transaction has changed nothing.
    const reasons = ['None', 'TransactionConflict'];
    return { name: 'TransactionCanceledException', reasons, when: 'before' };
  }
  return undefined;
}

/** MilestoneReached as the relay would make them of the table's stream. */
async function milestonesTold(): Promise<Milestone[]> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-stream-'));
  const stream = await openStream(database.engine, 'Tallies', join(folder, 'checkpoint'));
  const told: Milestone[] = [];
  for (let page = await stream.read(1_000); page.length > 0; page = await stream.read(1_000)) {
    for (const { dynamodb } of page) {
      const { NewImage, OldImage, Keys } = dynamodb;
      const [before, after] = [OldImage, NewImage].map((image) => image && unmarshall(image as never));
      if (unmarshall(Keys as never)['sk'] !== 'tally') continue;
      told.push(...(tallies.tallyNews(before, after) as Milestone[]));
    }
    stream.checkpoint(page.at(-1));
  }
  rmSync(folder, { recursive: true });
  return told;
}
