import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Counts } from '../../functions/actions/action.ts';
import { type ChangeKind, countEvents, historyKey } from '../../functions/actions/count-history.ts';
import { toCsv } from '../../functions/tallies/count-csv.ts';
import { type CountByDay, PublicCount } from '../../functions/tallies/public-count.ts';
import { PublicTally } from '../../functions/tallies/public-tally.ts';
import { TallyHistory } from '../../functions/tallies/tally-history.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import { aCampaign, day, hour, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGet } from '../support/a-get.ts';
import { aCountFlow } from '../support/a-page.ts';
import { aTallyKey } from '../support/a-tally-key.ts';
import { aChangeOf, aCounted, aQueueBatch } from '../support/an-event.ts';

let database: Database;
let counting: typeof import('../../functions/tallies/count-changes.event.ts');
let reading: Record<'count' | 'tally' | 'history', Parameters<typeof aGet>[0]>;
let recounts: typeof import('../../functions/tallies/recount-store.ts');

beforeAll(async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  // Events older than 60 days are refused: the clock stands still.
  vi.setSystemTime(noon);
  database = await aDatabase();
  await database.createTable('Tallies', ['pk', 'sk']);
  await database.createTable('Campaigns', ['pk', 'sk']);
  pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies', CAMPAIGNS_TABLE: 'Campaigns' });
  counting = await import('../../functions/tallies/count-changes.event.ts');
  recounts = await import('../../functions/tallies/recount-store.ts');
  reading = {
    count: (await import('../../functions/tallies/get-count.http.ts')).handler,
    tally: (await import('../../functions/tallies/get-tally.http.ts')).handler,
    history: (await import('../../functions/tallies/get-history.http.ts')).handler,
  };
});
afterAll(() => database.stop());

let campaigns = 0;
let slug = '';
beforeEach(async () => {
  campaigns += 1;
  slug = `campaign-${campaigns}`;
  await putCampaign({ slug });
});

const putCampaign = async (changes: Parameters<typeof aCampaign>[0]) => {
  const campaign = aCampaign(changes);
  await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
  return campaign.slug;
};
const ask = (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
  aGet(reading.count, { slug, query, headers });
const countOf = async (of = slug) => PublicCount.parse((await aGet(reading.count, { slug: of })).json());

describe('the days of a count', () => {
  test('add up to the tally in every column, whatever happened, and so do the points of its history', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(aLife, { minLength: 1, maxLength: 30 }),
        fc.integer(),
        async (lives, luck) => {
          const names = await putUnit();
          await deliver(
            lives.flatMap((life, at) => countEvents(toRow(life, at, names))),
            luck,
          );
          for (const campaign of Object.values(names)) {
            await expectSums(campaign);
            expect(columnsOf(await countOf(campaign)), campaign).toEqual(modelOf(lives, campaign, names));
          }
        },
      ),
      { numRuns: 6, endOnFailure: true },
    );
  });

  test('tell confirmed from withdrawn, erased and invalidated, by the day and by the reason', async () => {
    const life = ['confirmed', 'withdrawn', 'confirmed', 'invalidated+test', 'confirmed', 'erased'] as const;
    const row = rowOf(life.map((kind, at) => ({ kind, at: noon - 9 * day + at * 18 * hour })));
    await deliver(countEvents(row), 1);
    expect((await countOf()).days.map((each) => [each.day, each.signatures])).toEqual([
      ['2026-11-11', aCountFlow({ confirmed: 1 })],
      ['2026-11-12', aCountFlow({ withdrawn: 1 })],
      ['2026-11-13', aCountFlow({ confirmed: 1, invalidated: { test: 1 } })],
      ['2026-11-14', aCountFlow({ confirmed: 1 })],
      ['2026-11-15', aCountFlow({ erased: 1 })],
    ]);
  });

  test('leave out days on which only details changed', async () => {
    const [before, after] = ['KE', 'FR'].map((country) => aCounted({ campaign: slug, country }));
    await deliver([aChangeOf(`${slug}-a`, 1, { after: before, at: noon - 2 * day })], 1);
    await deliver([aChangeOf(`${slug}-a`, 2, { before, after, at: noon - day })], 1);
    expect((await countOf()).days).toMatchObject([{ day: '2026-11-18' }]);
  });
});

describe('GET …/count', () => {
  test('of a campaign without any count is empty, and equal', async () => {
    const none = { signatures: aCountFlow({}), pledges: aCountFlow({}) };
    expect(await countOf()).toMatchObject({
      ...{ campaign: slug, language: 'en', asOf: null, days: [], sum: none, check: 'equal', recount: null },
      tally: { signatures: 0, pledges: 0 },
    });
  });

  test('says the rule in the language wanted, else in that of the campaign', async () => {
    const [english] = PublicCount.parse((await ask()).json()).rule;
    const { language, rule } = PublicCount.parse((await ask({ lang: 'fr' })).json());
    expect(english).toMatch(/^Each mailbox counts once/);
    expect([language, rule[0]]).toEqual(['fr', expect.stringMatching(/^Chaque boîte/)]);
  });

  test('is kept for a minute, by format, and 304 to who has it already', async () => {
    const [asJson, asCsv] = [await ask(), await ask({ format: 'csv' })];
    expect(asJson.headers).toMatchObject({
      'cache-control': 'public, s-maxage=60, stale-while-revalidate=60, stale-if-error=600',
      vary: 'accept',
    });
    const tags = [asJson, asCsv].map(({ headers }) => headers['etag'] as string);
    expect(new Set(tags).size).toBe(2);
    expect(await ask({}, { 'if-none-match': `${tags[0]}` })).toMatchObject({ status: 304 });
    expect(await ask({}, { 'if-none-match': `${tags[1]}` })).toMatchObject({ status: 200 });
  });

  test('is CSV by format or by Accept, and nothing else is known', async () => {
    await deliver([aChangeOf(`${slug}-a`, 1, { after: aCounted({ campaign: slug }), at: noon - day })], 1);
    const byFormat = await ask({ format: 'csv' });
    expect(byFormat.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${slug}-count.csv"`,
    });
    expect(byFormat.body).toBe('day,kind,way,reason,count,change\r\n2026-11-19,signature,confirmed,,1,1\r\n');
    expect((await ask({}, { accept: 'text/csv' })).body).toBe(byFormat.body);
    expect((await ask({ format: 'json' }, { accept: 'text/csv' })).json()).toMatchObject({ campaign: slug });
    const refused = await ask({ format: 'xlsx' });
    expect(refused.status).toBe(422);
    expect(ProblemDocument.parse(refused.json()).errors).toMatchObject([{ pointer: '/format' }]);
  });

  test.each(['draft', 'unknown'])('of a campaign that is %s is not found', async (unseen) => {
    await putCampaign({ slug: 'draft', status: 'draft' });
    expect(await aGet(reading.count, { slug: unseen })).toMatchObject({ status: 404 });
  });

  test('says so when the days do not add up, and is not kept for long then', async () => {
    await deliver([aChangeOf(`${slug}-a`, 1, { after: aCounted({ campaign: slug }) })], 1);
    for (const [name, by] of [
      ['s', 1],
      ['s:erased', 1],
      ['p:invalidated+test', 2],
    ] as const) {
      await change('tally', name, by);
      const answer = await ask();
      expect([name, answer.json().check]).toEqual([name, 'different']);
      expect(answer.headers['cache-control']).toMatch('s-maxage=2,');
      expect(answer.headers).not.toHaveProperty('etag');
      await change('tally', name, -by);
    }
    for (const where of ['tally', 'hour#2026-11-20T12']) await change(where, 's', 1);
    expect((await ask()).json().check).toBe('different');
    for (const where of ['tally', 'hour#2026-11-20T12']) await change(where, 's', -1);
    expect((await ask()).json().check).toBe('equal');
  });

  test('reads again when something is counted meanwhile, until it is equal', async () => {
    const events = ['a', 'b', 'c'].map((id) =>
      aChangeOf(`${slug}-${id}`, 1, { after: aCounted({ campaign: slug }) }),
    );
    await deliver(events.slice(0, 1), 1);
    const counted = await whileReading(events.slice(1), () => countOf());
    expect(counted).toMatchObject({
      check: 'equal',
      tally: { signatures: 3 },
      sum: { signatures: { net: 3 } },
    });
  });

  test('says that it is counting when the tally never stands still', async () => {
    const events = Array.from({ length: 20 }, (_, at) =>
      aChangeOf(`${slug}-${at}`, 1, { after: aCounted({ campaign: slug }) }),
    );
    await deliver(events.slice(0, 1), 1);
    expect(await whileReading(events.slice(1), () => countOf())).toMatchObject({ check: 'counting' });
    expect(await countOf()).toMatchObject({ check: 'equal' });
  });

  test('tells of the last recount, of a chapter that of its root', async () => {
    const chapter = await putCampaign({ slug: `chapter-${slug}`, partOf: slug });
    const before = (await ask()).headers['etag'];
    await recounts.requestRecount(slug, noon);
    expect(await countOf(chapter)).toMatchObject({
      recount: { state: 'requested', at: '2026-11-20T12:00:00.000Z', differences: 0 },
    });
    expect((await ask()).headers['etag']).not.toBe(before);
  });
});

describe('the CSV of a count', () => {
  test('has in each field a date, a word of ours or an integer, and its changes add up', () => {
    const flow = fc
      .record({
        confirmed: fc.nat(1e6),
        withdrawn: fc.nat(1e6),
        erased: fc.nat(1e6),
        invalidated: fc.dictionary(fc.constantFrom(...InvalidationReason.options), fc.nat(1e6)),
      })
      .map(aCountFlow);
    const days = fc.array(
      fc.record({
        day: fc.constantFrom('2026-11-19', '2026-11-20'),
        ...{ signatures: flow, pledges: flow, endorsements: flow },
      }),
    );
    fc.assert(
      fc.property(days, (some) => {
        const [header, ...rows] = toCsv({ days: some } as Pick<CountByDay, 'days'>)
          .trimEnd()
          .split('\r\n');
        expect(header).toBe('day,kind,way,reason,count,change');
        for (const row of rows) {
          expect(row).toMatch(/^\d{4}-\d\d-\d\d,(signature|pledge|endorsement),[a-z]+,[a-z]*,\d+,-?\d+$/);
        }
        const net = some.map(({ signatures }) => signatures.net).reduce((sum, each) => sum + each, 0);
        const changes = rows
          .filter((row) => row.includes(',signature,'))
          .map((row) => Number(row.split(',')[5]));
        expect(changes.reduce((sum, each) => sum + each, 0)).toBe(net);
      }),
    );
  });
});

/** What became of one action: where, of which kind, and its changes with hours between them. */
interface Life {
  where: 'root' | 'chapter';
  kind: 'signature' | 'pledge';
  steps: { kind: ChangeKind; hours: number; country: string }[];
}

const leaving = fc.constantFrom<ChangeKind>(
  'withdrawn',
  'erased',
  ...InvalidationReason.options.map((reason): ChangeKind => `invalidated+${reason}`),
);
const aLife: fc.Arbitrary<Life> = fc.record({
  where: fc.constantFrom('root' as const, 'chapter' as const),
  kind: fc.constantFrom('signature' as const, 'pledge' as const),
  steps: fc.array(
    fc.record({
      kind: fc.oneof(fc.constant<ChangeKind>('confirmed'), leaving),
      hours: fc.integer({ min: 1, max: 40 }),
      country: fc.constantFrom('KE', 'FR'),
    }),
    { minLength: 1, maxLength: 6 },
  ),
});

type Names = Record<Life['where'], string>;

/** A root campaign and its chapter, both new. */
async function putUnit(): Promise<Names> {
  campaigns += 1;
  const root = await putCampaign({ slug: `root-${campaigns}` });
  return { root, chapter: await putCampaign({ slug: `chapter-${campaigns}`, partOf: root }) };
}

/** A life as its row has it. What leaves without being there changes nothing. */
function toRow({ where, kind, steps }: Life, at: number, names: Names) {
  let time = noon - 20 * day;
  const changes = steps.map((step) => {
    time += step.hours * hour;
    const pledge = kind === 'pledge' ? { currency: 'EUR', amount: 2_500 } : undefined;
    return {
      ...step,
      at: time,
      counts: { campaign: names[where], country: step.country, ...(pledge && { pledge }) },
    };
  });
  return rowOf(changes, { root: names.root, kind, hash: `${at}` });
}

interface Step {
  kind: ChangeKind;
  at: number;
  counts?: Counts;
}

function rowOf(steps: Step[], { root = slug, kind = 'signature', hash = 'a' } = {}) {
  const counts = (step: Step) =>
    step.kind === 'confirmed' ? (step.counts ?? { campaign: root, country: 'KE' }) : null;
  return {
    pk: `${root}#${kind}#00`,
    sk: hash,
    history: Object.fromEntries(steps.map((step) => [historyKey(step.at, step.kind), counts(step)])),
    historyVersions: Object.fromEntries(steps.map((step, at) => [historyKey(step.at, step.kind), at + 1])),
  };
}

/** Hands events to the counting function, each twice, in an order made of `luck`. */
async function deliver(events: CatalogueEvent[], luck: number): Promise<void> {
  const order = (at: number) => Math.imul(at + 1, luck | 1) >>> 0;
  const shuffled = [...events, ...events]
    .map((event, at) => ({ event, order: order(at) }))
    .sort((one, other) => one.order - other.order)
    .map(({ event }) => event);
  for (let at = 0; at < shuffled.length; at += 40) {
    const answer = await counting.handler(aQueueBatch(shuffled.slice(at, at + 40)));
    expect(answer).toEqual({ batchItemFailures: [] });
  }
}

/** The model: each life's changes, one by one. */
function modelOf(lives: Life[], campaign: string, names: Names) {
  const columns: Record<string, number> = {};
  for (const { where, kind, steps } of lives) {
    if (campaign !== names.root && campaign !== names[where]) continue;
    let counts = false;
    for (const step of steps) {
      const confirmed = step.kind === 'confirmed';
      if (confirmed !== counts) {
        const column = `${kind}:${step.kind}`;
        columns[column] = (columns[column] ?? 0) + 1;
      }
      counts = confirmed;
    }
  }
  return columns;
}

/** Sums of the days, by the names of the model. */
function columnsOf({ days }: CountByDay): Record<string, number> {
  const columns: Record<string, number> = {};
  for (const { signatures, pledges } of days) {
    for (const [kind, { confirmed, withdrawn, erased, invalidated }] of Object.entries({
      signature: signatures,
      pledge: pledges,
    })) {
      const invalid = Object.entries(invalidated).map(
        ([reason, count]) => [`invalidated+${reason}`, count] as const,
      );
      for (const [way, count] of [...Object.entries({ confirmed, withdrawn, erased }), ...invalid]) {
        const column = `${kind}:${way}`;
        if (count > 0) columns[column] = (columns[column] ?? 0) + count;
      }
    }
  }
  return columns;
}

async function expectSums(campaign: string): Promise<void> {
  const tally = PublicTally.parse((await aGet(reading.tally, { slug: campaign })).json());
  const totals = { signatures: tally.signatures.total, pledges: tally.pledges.total };
  const count = await countOf(campaign);
  expect(count).toMatchObject({ check: 'equal', tally: totals });
  for (const kind of ['signatures', 'pledges'] as const) {
    expect(count.sum[kind].net).toBe(totals[kind]);
    expect(count.days.reduce((sum, each) => sum + each[kind].net, 0)).toBe(totals[kind]);
    for (const by of ['day', 'hour']) {
      const query = { by, from: '2026-10-31', to: '2026-11-20' };
      const { points } = TallyHistory.parse((await aGet(reading.history, { slug: campaign, query })).json());
      expect(points.at(-1)?.[kind].total ?? 0).toBe(totals[kind]);
      expect(points.reduce((sum, point) => sum + point[kind].change, 0)).toBe(totals[kind]);
    }
  }
}

/** Changes a counter behind everybody's back. */
function change(sk: string, name: string, by: number): Promise<unknown> {
  return database.call('UpdateItem', {
    TableName: 'Tallies',
    Key: marshall(aTallyKey(slug, sk)),
    UpdateExpression: 'ADD #name :by',
    ExpressionAttributeNames: { '#name': name },
    ExpressionAttributeValues: { ':by': { N: String(by) } },
  });
}

/** Has one of these events counted each time before hours are read. */
async function whileReading<T>(events: CatalogueEvent[], read: () => Promise<T>): Promise<T> {
  const left = [...events];
  database.failBy(async (operation) => {
    const event = operation === 'Query' ? left.shift() : undefined;
    if (event) await counting.handler(aQueueBatch([event]));
    return undefined;
  });
  const answer = await read();
  database.failBy(undefined);
  return answer;
}
