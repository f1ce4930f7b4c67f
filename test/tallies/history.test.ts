import { marshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Counters } from '../../functions/tallies/tally.ts';
import { HistoryQuery, TallyHistory, toHistory, toPeriod } from '../../functions/tallies/tally-history.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { countryList } from '../../shared/kernel/iso.ts';
import { aCampaign, hour, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGet } from '../support/a-get.ts';
import { aTallyKey } from '../support/a-tally-key.ts';
import { someCounters } from '../support/an-event.ts';

const slug = 'mental-health-for-all';
const tally = { campaign: slug, asOf: noon };
const setting = { version: 7, asOf: noon, rate: 0, pollAfter: 5, goals: [] };

describe('the history of a tally', () => {
  test('has each day in which a number changed, with totals that run on', () => {
    const hours = [
      anHour('2026-10-10T09', { s: 3, p: 1 }),
      anHour('2026-10-10T23', { s: -1 }),
      anHour('2026-10-11T00', { 's@KE': 1, 's@FR': -1 }),
      anHour('2026-10-12T00', { s: 5, p: -1 }),
    ];
    expect(toHistory(tally, 'day', {}, hours).points).toEqual([
      aPoint('2026-10-10T00:00:00Z', [2, 2], [1, 1]),
      aPoint('2026-10-12T00:00:00Z', [5, 7], [-1, 0]),
    ]);
  });

  test('counts what was before its first day into its totals', () => {
    const hours = [anHour('2026-10-10T09', { s: 3 }), anHour('2026-10-12T05', { s: 2 })];
    const period = { from: '2026-10-11', to: '2026-10-12' };
    expect(toHistory(tally, 'hour', period, hours).points).toEqual([
      aPoint('2026-10-12T05:00:00Z', [2, 5], [0, 0]),
    ]);
  });

  test('by the hour covers the seven days up to the last change, unless others are asked for', () => {
    const period = (query: object, asOf = noon) =>
      toPeriod(HistoryQuery.parse({ by: 'hour', ...query }), { asOf });
    expect(period({})).toEqual({ from: '2026-11-14', to: '2026-11-20' });
    expect(period({}, 0)).toEqual({});
    expect(period({ to: '2026-10-10' })).toEqual({ from: '2026-10-04', to: '2026-10-10' });
    expect(period({ from: '2026-10-10' })).toEqual({ from: '2026-10-10', to: '2026-11-09' });
    expect(period({ from: '2026-10-10', to: '2026-10-11' })).toEqual({
      from: '2026-10-10',
      to: '2026-10-11',
    });
  });

  test('by the day covers everything, unless it is asked for less', () => {
    expect(toPeriod(HistoryQuery.parse({}), tally)).toEqual({});
    expect(toPeriod(HistoryQuery.parse({ from: '2026-10-10' }), tally)).toEqual({ from: '2026-10-10' });
  });
});

describe('GET …/tally/history', () => {
  let database: Database;
  let history: typeof import('../../functions/tallies/get-history.http.ts');
  beforeAll(async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    database = await aDatabase();
    await database.createTable('Tallies', ['pk', 'sk']);
    await database.createTable('Campaigns', ['pk', 'sk']);
    pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies', CAMPAIGNS_TABLE: 'Campaigns' });
    for (const status of ['live', 'draft'] as const) {
      const campaign = aCampaign({ slug: status, status });
      await database.put('Campaigns', { pk: 'campaign', sk: status, ...campaign });
    }
    await database.put('Tallies', { pk: slug, sk: 'tally', ...setting, s: 7 });
    await database.put('Tallies', { ...aTallyKey(slug, 'hour#2026-10-10T09'), s: 3 });
    await database.put('Tallies', { ...aTallyKey(slug, 'hour#2026-11-19T10'), s: 3, 's@KE': 3 });
    await database.put('Tallies', { ...aTallyKey(slug, 'hour#2026-11-20T11'), s: 1, p: 2 });
    history = await import('../../functions/tallies/get-history.http.ts');
  });
  afterAll(() => database.stop());

  const get = (query: Record<string, string> = {}, headers: Record<string, string> = {}) =>
    aGet(history.handler, { slug, query, headers });

  test('ends at the totals of the tally, by the day and by the hour', async () => {
    for (const by of ['day', 'hour']) {
      const answer = await get({ by });
      expect(answer.status).toBe(200);
      expect(TallyHistory.parse(answer.json()).points.at(-1)).toMatchObject({
        signatures: { change: 1, total: 7 },
        pledges: { change: 2, total: 2 },
        endorsements: { change: 0, total: 0 },
      });
    }
    expect((await get({ by: 'hour' })).json()).toMatchObject({ from: '2026-11-14', to: '2026-11-20' });
    expect((await get()).json()).toMatchObject({ by: 'day', from: null, to: null, points: { length: 3 } });
  });

  test('says how long it may be kept, and 304 to who has it already', async () => {
    const { headers } = await get();
    expect(headers).toMatchObject({
      'cache-control': 'public, s-maxage=60, stale-while-revalidate=60, stale-if-error=600',
      etag: '"7"',
    });
    expect(await get({}, { 'if-none-match': 'W/"6", W/"7"' })).toMatchObject({ status: 304, body: '' });
  });

  test('of a campaign without any count is empty', async () => {
    const answer = await aGet(history.handler, { slug: 'live', query: { by: 'hour' } });
    expect(TallyHistory.parse(answer.json())).toEqual({
      campaign: 'live',
      by: 'hour',
      asOf: null,
      from: null,
      to: null,
      points: [],
    });
  });

  test.each(['draft', 'unknown'])('of a campaign that is %s is not found', async (unseen) => {
    expect(await aGet(history.handler, { slug: unseen })).toMatchObject({ status: 404 });
  });

  test.each([
    [{ by: 'week' }, '/by', 'invalid-value'],
    [{ from: '2026-2-1' }, '/from', 'invalid-format'],
    [{ to: '2026-02-30' }, '/to', 'invalid-format'],
    [{ from: '2026-10-11', to: '2026-10-10' }, '/to', 'before-from'],
    [{ by: 'hour', from: '2026-10-10', to: '2026-11-10' }, '/to', 'too-many-days'],
  ])('refuses %j and says which field', async (query, pointer, code) => {
    const answer = await get(query as Record<string, string>);
    expect(answer.status).toBe(422);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(ProblemDocument.parse(answer.json()).errors).toMatchObject([{ pointer, code }]);
  });

  test('takes 31 days by the hour', async () => {
    expect(await get({ by: 'hour', from: '2026-10-10', to: '2026-11-09' })).toMatchObject({ status: 200 });
  });

  test('answers or refuses whatever days are asked for', async () => {
    const anyDay = fc.option(
      fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
      { nil: undefined },
    );
    const toQuery = (from?: Date, to?: Date) => ({
      ...(from && { from: from.toISOString().slice(0, 10) }),
      ...(to && { to: to.toISOString().slice(0, 10) }),
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('hour', 'day'), anyDay, anyDay, async (by, from, to) => {
        expect([200, 422]).toContain((await get({ by, ...toQuery(from, to) })).status);
      }),
      {
        numRuns: 100,
        examples: [
          ['hour', new Date('9999-12-31'), undefined],
          ['hour', undefined, new Date('0000-01-01')],
        ],
      },
    );
  });

  test('of a month with something of twenty countries in each hour costs 64.5 read units, once for each count', async () => {
    const busy = aCampaign({ slug: 'busy' });
    await database.put('Campaigns', { pk: 'campaign', sk: busy.slug, ...busy });
    await putHours(busy.slug, 31 * 24);
    const read = (query: Record<string, string>) => () => aGet(history.handler, { slug: busy.slug, query });
    expect(await readUnits(read({}))).toBe(64.5);
    expect(await readUnits(read({ by: 'hour' }))).toBe(0.5);
    await database.put('Tallies', { pk: busy.slug, sk: 'tally', ...setting, version: 8, s: 81_840 });
    expect(await readUnits(read({}))).toBe(63.5);
  });

  /** Hours up to noon in which as much was counted as in a busy campaign's. */
  async function putHours(campaign: string, count: number): Promise<void> {
    const countries = Object.fromEntries(countryList.slice(0, 20).map((country) => [`s@${country}`, 5]));
    const partners = Object.fromEntries(['a', 'b', 'c', 'd'].map((name) => [`s+partner-${name}`, 4]));
    const money = Object.fromEntries(
      ['EUR', 'USD', 'KES'].flatMap((code) => [
        [`n#${code}`, 3],
        [`a#${code}`, 250_000],
        [`p@${code.slice(0, 2)}`, 3],
      ]),
    );
    const ways = {
      s: 110,
      's:confirmed': 117,
      's:withdrawn': 3,
      's:erased': 2,
      's:invalidated+automated': 2,
    };
    const item = { ...ways, ...countries, ...partners, p: 9, 'p:confirmed': 9, ...money };
    const hours = Array.from({ length: count }, (_, at) =>
      new Date(noon - at * hour).toISOString().slice(0, 13),
    );
    for (let at = 0; at < count; at += 25) {
      const requests = hours.slice(at, at + 25).map((each) => ({
        PutRequest: { Item: marshall({ ...aTallyKey(campaign, `hour#${each}`), ...item }) },
      }));
      await database.call('BatchWriteItem', { RequestItems: { Tallies: requests } });
    }
  }
});

/** Read units that what is done consumes. */
async function readUnits(act: () => Promise<unknown>): Promise<number> {
  const { dynamo } = await import('../../shared/aws/dynamo.ts');
  let units = 0;
  dynamo.middlewareStack.add(
    (next) => async (args) => {
      const result = await next({
        ...args,
        input: { ...args.input, ReturnConsumedCapacity: 'TOTAL' } as never,
      });
      units +=
        (result.output as { ConsumedCapacity?: { CapacityUnits: number } }).ConsumedCapacity?.CapacityUnits ??
        0;
      return result;
    },
    { step: 'initialize', name: 'readUnits' },
  );
  await act();
  dynamo.middlewareStack.remove('readUnits');
  return units;
}

function anHour(hour: string, counts: Record<string, number>): { hour: string; counters: Counters } {
  return { hour, counters: someCounters(counts) };
}

function aPoint(at: string, signatures: [number, number], pledges: [number, number]) {
  const [change, total] = signatures;
  return {
    at,
    signatures: { change, total },
    pledges: { change: pledges[0], total: pledges[1] },
    endorsements: { change: 0, total: 0 },
  };
}
