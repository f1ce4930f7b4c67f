import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Target } from '../../functions/targets/target.ts';
import { toCsv } from '../../functions/targets/write-registry.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, claimsOf } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { aRow, aTable } from '../support/a-registry-file.ts';
import { aTarget } from '../support/a-target.ts';

let database: Database;
let importer: typeof import('../../functions/targets/import-targets.http.ts').handler;
let exporter: typeof import('../../functions/targets/export-targets.http.ts').handler;
let store: typeof import('../../functions/targets/target-store.ts');
let rooms: typeof import('../../functions/targets/read.ts');
let writes = 0;

beforeAll(async () => {
  vi.spyOn(console, 'info').mockImplementation(() => {});
  vi.spyOn(console, 'warn').mockImplementation(() => {});
  database = await aDatabaseWithCampaigners();
  pointSdkTo(database.url, { TARGETS_TABLE: 'Targets' });
  importer = (await import('../../functions/targets/import-targets.http.ts')).handler;
  exporter = (await import('../../functions/targets/export-targets.http.ts')).handler;
  store = await import('../../functions/targets/target-store.ts');
  rooms = await import('../../functions/targets/read.ts');
});
beforeEach(async () => {
  await database.call('DeleteTable', { TableName: 'Targets' }).catch(() => {});
  await database.createTable('Targets', ['pk', 'sk']);
  countWrites();
});
afterAll(() => database.stop());

function countWrites(): void {
  writes = 0;
  database.failBy((operation) => {
    if (operation === 'BatchWriteItem') writes += 1;
    return undefined;
  });
}

interface Sent {
  as?: string;
  type?: string | undefined;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  base64?: boolean;
}

async function call(handler: typeof importer, body: string | undefined, sent: Sent = {}) {
  const { as = 'secretariat', type = 'text/csv', query = {}, headers = {}, base64 = false } = sent;
  const event = {
    version: '2.0',
    rawPath: '/v1/targets',
    queryStringParameters: query,
    headers: { ...headers, ...(body !== undefined && { 'content-type': type }) },
    body: base64 ? Buffer.from(body ?? '').toString('base64') : body,
    isBase64Encoded: base64,
    requestContext: {
      http: { method: body === undefined ? 'GET' : 'POST' },
      authorizer: { jwt: { claims: claimsOf(as), scopes: null } },
    },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode: status, headers: answered, body: text = '' } = await handler(event, {} as Context);
  return { status, headers: answered ?? {}, text, json: () => JSON.parse(text) };
}

const send = (rows: Record<string, string>[], sent?: Sent) => call(importer, aTable(rows), sent);
const ids = async () => (await store.listTargets()).map(({ id }) => id);

describe('a registry that is posted', () => {
  test('is imported, and says how much of it; a second time nothing is written', async () => {
    const rows = [aRow(), aRow({ id: 'fr-health', area_id: 'FR' })];
    expect((await send(rows)).json()).toEqual({
      ...{ added: 2, changed: 0, unchanged: 0, skipped: 0 },
      ...{ errors: [], moreErrors: 0 },
    });
    expect(await ids()).toEqual(['fr-health', 'ke-health']);
    countWrites();
    expect((await send(rows)).json()).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect(writes).toBe(0);
  });

  test('is compared with what is there at that moment, not with what was there a second ago', async () => {
    const reads: unknown[] = [];
    database.failBy((operation, body) => {
      if (operation === 'Query') reads.push(body);
      return undefined;
    });
    await send([aRow()]);
    expect(reads.filter((read) => Object(read).TableName === 'Targets')).toMatchObject([
      { ConsistentRead: true },
    ]);
  });

  test('can be JSON, and base64 as API Gateway hands on what it does not know', async () => {
    const body = JSON.stringify({ targets: [aTarget()] });
    const sent = { type: 'application/json; charset=utf-8' };
    expect((await call(importer, body, sent)).json()).toMatchObject({ added: 1 });
    expect((await call(importer, body, { ...sent, base64: true })).json()).toMatchObject({ unchanged: 1 });
    expect(await store.getTarget('ke-health')).toEqual(aTarget());
  });

  test('with a bad row changes nothing, and every bad row is named', async () => {
    const rows = [aRow(), aRow({ id: 'x', area_id: 'XX' }), aRow({ id: 'y', updated_at: '' })];
    const answer = await send(rows);
    expect(answer.status).toBe(422);
    expect(ProblemDocument.parse(answer.json())).toMatchObject({
      type: 'urn:groundswell:problem:invalid-fields',
      errors: [
        { line: 3, id: 'x', pointer: '/area_id', code: 'unknown-country' },
        { line: 4, id: 'y', pointer: '/updated_at', code: 'required' },
      ],
    });
    expect(await ids()).toEqual([]);
    expect(writes).toBe(0);
  });

  test('can have its bad rows skipped, which are then named in the answer', async () => {
    const rows = [aRow(), aRow({ id: 'x', area_id: 'XX' })];
    const answer = await send(rows, { query: { skipBad: 'true' } });
    expect(answer.json()).toMatchObject({ added: 1, skipped: 1, errors: [{ line: 3, id: 'x' }] });
    expect(await ids()).toEqual(['ke-health']);
  });

  test('can be tried: it says the same, and writes nothing', async () => {
    expect((await send([aRow()], { query: { dryRun: 'true' } })).json()).toMatchObject({ added: 1 });
    expect(await ids()).toEqual([]);
    expect((await send([aRow()], { query: { dryRun: 'yes' } })).status).toBe(422);
  });

  test('has a thousand of its errors listed, and the others counted', async () => {
    const rows = Array.from({ length: 1_240 }, (_, at) => aRow({ id: `office-${at}`, area_id: 'XX' }));
    const refused = (await send(rows)).json();
    expect(refused.errors).toHaveLength(1_000);
    expect(refused.detail).toMatch(/240 more/);
    const skipped = (await send(rows, { query: { skipBad: 'true' } })).json();
    expect(skipped).toMatchObject({ skipped: 1_240, moreErrors: 240 });
  });

  test('of thousands of offices is written in batches, each office once', async () => {
    const rows = Array.from({ length: 2_010 }, (_, at) =>
      aRow({ id: `office-${at}`, 'label.en': `Office ${at}` }),
    );
    expect((await send(rows)).json()).toMatchObject({ added: 2_010 });
    expect(writes).toBe(Math.ceil(2_010 / 25));
    expect(new Set(await ids()).size).toBe(2_010);
  });

  test('is written in spite of a table that is busy, and loses replies', async () => {
    let calls = 0;
    database.failBy((operation) => {
      if (operation !== 'BatchWriteItem') return undefined;
      calls += 1;
      const when = calls % 2 === 0 ? 'after' : 'before';
      return calls < 9 ? { name: 'ProvisionedThroughputExceededException', when } : undefined;
    });
    const rows = Array.from({ length: 60 }, (_, at) =>
      aRow({ id: `office-${at}`, 'label.en': `Office ${at}` }),
    );
    expect((await send(rows)).json()).toMatchObject({ added: 60 });
    expect(await ids()).toHaveLength(60);
  });

  test('that was long in coming is not begun to be put: its request is answered in time', async () => {
    const times = [noon];
    vi.spyOn(Date, 'now').mockImplementation(() => times.shift() ?? noon + 20_000);
    const answer = await send([aRow()]);
    vi.mocked(Date.now).mockRestore();
    expect([answer.status, writes]).toEqual([503, 0]);
  });

  test('that the table does not take in time is answered with how much of it was; again, it goes on', async () => {
    let [now, calls] = [noon, 0];
    vi.spyOn(Date, 'now').mockImplementation(() => now);
    database.failBy((operation) => {
      if (operation !== 'BatchWriteItem' || ++calls === 1) return undefined;
      now += 30_000;
      return { name: 'ProvisionedThroughputExceededException', when: 'before' };
    });
    const rows = Array.from({ length: 60 }, (_, at) =>
      aRow({ id: `office-${String(at).padStart(2, '0')}`, 'label.en': `Office ${at}` }),
    );
    const answer = await send(rows);
    vi.mocked(Date.now).mockRestore();
    expect(answer.status).toBe(503);
    expect(answer.json().detail).toMatch(/^Only 25 of 60 offices could be saved\./);
    countWrites();
    expect((await send(rows)).json()).toMatchObject({ added: 35, unchanged: 25 });
    expect(await ids()).toHaveLength(60);
  });
});

describe('an error that does not pass by itself', () => {
  test('is told at once, and not tried again', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const calls: string[] = [];
    database.failBy((operation) => {
      if (operation !== 'BatchWriteItem') return undefined;
      calls.push(operation);
      return { name: 'AccessDeniedException', when: 'before' };
    });
    const answer = await send([aRow()]);
    expect([answer.status, answer.json().type]).toEqual([500, 'urn:groundswell:problem:internal-error']);
    expect(calls).toHaveLength(1);
    expect(error).toHaveBeenCalledOnce();
  });
});

describe('the route', () => {
  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', 'text/csv2', ''])(
    'takes no body of the type %j',
    async (type) => {
      expect((await send([aRow()], { type })).status).toBe(415);
    },
  );

  test('takes 4 MB and no more', async () => {
    const empty = (bytes: number) => `[${' '.repeat(bytes - 2)}]`;
    const sent = { type: 'application/json' };
    expect((await call(importer, empty(4_194_304), sent)).status).toBe(422);
    expect((await call(importer, empty(4_194_305), sent)).status).toBe(413);
    expect((await call(importer, empty(4_194_305), { ...sent, base64: true })).status).toBe(413);
  });

  test.each([
    ['secretariat', 200, 200],
    ['owner', 403, 200],
    ['organiser', 403, 200],
    ['outsider', 403, 200],
    ['reviewer', 403, 403],
    ['viewer', 403, 403],
    ['stranger', 404, 404],
  ])('answers %s %i who imports, and %i who exports', async (as, imports, exports) => {
    expect((await send([aRow()], { as })).status).toBe(imports);
    expect(await ids()).toEqual(imports === 200 ? ['ke-health'] : []);
    expect((await call(exporter, undefined, { as })).status).toBe(exports);
  });
});

describe('the registry that is exported', () => {
  const offices: Target[] = [aTarget({ id: 'fr-health', area_id: 'FR', languages: ['fr'] }), aTarget()];

  test('is sorted by id, as JSON or as CSV, and importing it changes nothing', async () => {
    await store.putTargets([...offices].reverse(), Date.now());
    const asJson = await call(exporter, undefined);
    expect(asJson.json()).toEqual({ targets: offices });
    expect(asJson.headers).toMatchObject({ 'cache-control': 'no-store' });
    const asCsv = await call(exporter, undefined, { headers: { accept: 'text/csv' } });
    expect(asCsv.text).toBe(toCsv(offices));
    expect(asCsv.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="targets.csv"',
    });
    expect((await call(exporter, undefined, { query: { format: 'csv' } })).text).toBe(asCsv.text);
    for (const [body, type] of [[asCsv.text], [asJson.text, 'application/json']] as const)
      expect((await call(importer, body, { type: type ?? 'text/csv' })).json()).toMatchObject({
        unchanged: 2,
      });
  });

  test('is compressed when Lambda could not answer it otherwise', async () => {
    const note = 'A long note. '.repeat(150);
    await store.putTargets(
      Array.from({ length: 2_100 }, (_, at) => aTarget({ id: `office-${at}`, label: { en: `${at}` }, note })),
      Date.now(),
    );
    expect((await call(exporter, undefined)).status).toBe(406);
    const answer = await call(exporter, undefined, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip' });
    expect(answer.text.length).toBeLessThan(1_000_000);
  });
});

describe('another room', () => {
  test('reads the offices that a campaign selects as they were 30 s ago at most, and one as it is now', async () => {
    const selection = { rules: [{ areas: ['KE'] }], ids: [], except: [] };
    await store.putTargets([aTarget()], Date.now());
    expect(await rooms.readTargets(selection, noon)).toEqual([aTarget()]);
    const moved = aTarget({ updated_at: '2026-11-01' });
    await store.putTargets([moved], Date.now());
    expect(await rooms.readTargets(selection, noon + 29_999)).toEqual([aTarget()]);
    expect(await rooms.readTarget('ke-health')).toEqual(moved);
    expect(await rooms.readTarget('unknown')).toBeUndefined();
    expect(await rooms.readTargets(selection, noon + 30_000)).toEqual([moved]);
  });

  test('reads for the public only what anyone may know', async () => {
    const selection = { rules: [{ areas: ['KE'] }], ids: [], except: [] };
    await store.putTargets([aTarget(), aTarget({ id: 'fr-health', area_id: 'FR' })], Date.now());
    const reads: unknown[] = [];
    database.failBy((operation, body) => {
      if (operation === 'Query') reads.push(body);
      return undefined;
    });
    const { id, classification, area_id, label } = aTarget();
    const later = noon + 3_600_000;
    expect(await rooms.readOffices(selection, later)).toEqual([{ id, classification, area_id, label }]);
    await rooms.readOffices(selection, later + 29_999);
    expect(reads).toMatchObject([{ ProjectionExpression: '#id,#classification,#area_id,#label' }]);
  });

  test('does not go on with a read that failed', async () => {
    const selection = { rules: [{}], ids: [], except: [] };
    database.failBy(() => ({ name: 'ResourceNotFoundException', when: 'before' }));
    await expect(rooms.readTargets(selection, noon + 90_000)).rejects.toThrow();
    countWrites();
    expect(await rooms.readTargets(selection, noon + 90_000)).toEqual([]);
  });
});
