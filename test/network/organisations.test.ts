import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { aDatabaseWithCampaigners, askAs, claimsOf } from '../support/a-campaigner.ts';
import type { Database } from '../support/a-database.ts';

type Handler = Parameters<typeof askAs>[0];

let database: Database;
let [list, add, get, put]: Handler[] = [];
let writes: number;

const stored = [
  { slug: 'demo-network', name: 'Minds in Common', url: 'https://minds.example.org/' },
  { slug: 'other-org', name: 'Lantern Hill', country: 'KE' },
  { slug: 'third-org', name: 'Third' },
];

beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  const folder = '../../functions/network';
  ({ handler: list } = await import(`${folder}/list-organisations.ts`));
  ({ handler: add } = await import(`${folder}/add-organisation.ts`));
  ({ handler: get } = await import(`${folder}/get-organisation.ts`));
  ({ handler: put } = await import(`${folder}/put-organisation.ts`));
});
beforeEach(async () => {
  for (const organisation of stored)
    await database.put('Network', { pk: 'organisation', sk: organisation.slug, ...organisation });
  for (const slug of ['open-minds', 'open-minds-2']) {
    const Key = { pk: { S: 'organisation' }, sk: { S: slug } };
    await database.call('DeleteItem', { TableName: 'Network', Key });
  }
  writes = 0;
  database.failBy((operation) => {
    if (operation === 'TransactWriteItems') writes += 1;
    return undefined;
  });
});
afterAll(() => database.stop());

const ask = (handler: Handler | undefined, as: string, rest: Partial<Parameters<typeof askAs>[1]> = {}) =>
  askAs(handler as Handler, { method: 'GET', claims: claimsOf(as), ...rest });
const read = (as: string, organisation: string) => ask(get, as, { path: { organisation } });
const create = (body: unknown, as = 'secretariat', headers = {}) =>
  ask(add, as, { method: 'POST', rawPath: '/v1/organisations', body, headers });
const change = (organisation: string, body: unknown, { as = 'owner', ifMatch = '' } = {}) =>
  ask(put, as, {
    method: 'PUT',
    path: { organisation },
    body,
    headers: ifMatch ? { 'if-match': ifMatch } : {},
  });

async function logOf(slug: string): Promise<Record<string, unknown>[]> {
  const { Items } = (await database.call('Query', {
    TableName: 'Audit',
    KeyConditionExpression: 'thing = :thing',
    ExpressionAttributeValues: { ':thing': { S: `organisation:${slug}` } },
  })) as { Items: Parameters<typeof unmarshall>[0][] };
  return Items.map((item) => unmarshall(item));
}

test.each([
  ['viewer', 200, 403, 403],
  ['reviewer', 200, 403, 403],
  ['organiser', 200, 403, 403],
  ['owner', 200, 403, 200],
  ['outsider', 200, 403, 404],
  ['secretariat', 200, 201, 200],
  ['stranger', 404, 404, 404],
])(
  '%s is answered %i reading, %i adding, and %i changing an organisation',
  async (as, reads, adds, changes) => {
    expect((await ask(list, as)).status).toBe(reads);
    expect((await read(as, 'demo-network')).status).toBe(reads);
    expect((await create({ slug: 'open-minds', name: 'Open Minds' }, as)).status).toBe(adds);
    expect((await change('demo-network', { name: 'Minds' }, { as })).status).toBe(changes);
  },
);

describe('the organisations of the network', () => {
  test('are listed by slug, page by page', async () => {
    const slugs: string[] = [];
    let query: Record<string, string> = { limit: '2' };
    for (let pages = 0; pages < 9; pages += 1) {
      const { body } = await ask(list, 'viewer', { query });
      slugs.push(...body.organisations.map(({ slug }: { slug: string }) => slug));
      if (body.cursor === null) break;
      query = { limit: '2', cursor: body.cursor };
    }
    expect(slugs).toEqual(['demo-network', 'other-org', 'third-org']);
  });

  test.each([[{ limit: '0' }], [{ limit: '101' }], [{ cursor: '../x' }], [{ name: 'x' }]])(
    'are not asked for by %j',
    async (query) => {
      expect((await ask(list, 'viewer', { query: query as Record<string, string> })).status).toBe(422);
    },
  );

  test('are read with an ETag, and without what counts their changes', async () => {
    const { body, headers } = await read('viewer', 'other-org');
    expect([body, headers?.['etag']]).toEqual([stored[1], '"0"']);
    expect((await read('viewer', 'no-such-org')).status).toBe(404);
  });
});

describe('an organisation that is added', () => {
  const organisation = { slug: 'open-minds', name: 'Open Minds Uganda', country: 'UG' };

  test('is there, with its entry in the log', async () => {
    const answer = await create({ ...organisation, reason: 'Joined' });
    expect([answer.status, answer.body]).toEqual([201, organisation]);
    expect(answer.headers).toMatchObject({ etag: '"1"', location: '/v1/organisations/open-minds' });
    expect((await read('viewer', 'open-minds')).body).toEqual(organisation);
    expect((await logOf('open-minds')).filter(({ reason }) => reason === 'Joined')).toMatchObject([
      { verb: 'addOrganisations', changes: { name: { after: 'Open Minds Uganda' } } },
    ]);
  });

  test('is refused when its slug is taken', async () => {
    const answer = await create({ slug: 'other-org', name: 'Usurper' });
    expect([answer.status, answer.body.type]).toEqual([409, 'urn:groundswell:problem:conflict']);
    expect((await read('viewer', 'other-org')).body.name).toBe('Lantern Hill');
  });

  test('is added once however often it is sent under one key', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() };
    const answers = [
      await create(organisation, 'secretariat', headers),
      await create(organisation, 'secretariat', headers),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [201, organisation],
      [201, organisation],
    ]);
    expect(writes).toBe(1);
    const other = await create({ ...organisation, slug: 'open-minds-2' }, 'secretariat', headers);
    expect(other.status).toBe(422);
  });

  test.each([
    [{ slug: 'Open Minds', name: 'x' }, '/slug'],
    [{ slug: 'open-minds' }, '/name'],
    [{ slug: 'open-minds', name: 'x', country: 'ke' }, '/country'],
    [{ slug: 'open-minds', name: 'x', url: 'javascript:alert(1)' }, '/url'],
    [{ slug: 'open-minds', name: 'x', version: 9 }, '/version'],
  ])('is not %j', async (body, pointer) => {
    const answer = await create(body);
    expect([answer.status, answer.body.errors.map((error: { pointer: string }) => error.pointer)]).toEqual([
      422,
      [pointer],
    ]);
  });
});

describe('an organisation that is changed', () => {
  test('is what was sent, also where it was seeded without a version; the log says what and why', async () => {
    const answer = await change(
      'demo-network',
      { name: 'Minds', country: 'KE', reason: 'Renamed' },
      { ifMatch: '"0"' },
    );
    const body = { slug: 'demo-network', name: 'Minds', country: 'KE' };
    expect([answer.status, answer.body, answer.headers?.['etag']]).toEqual([200, body, '"1"']);
    expect((await read('viewer', 'demo-network')).body).toEqual(body);
    const entry = (await logOf('demo-network')).find(({ reason }) => reason === 'Renamed');
    expect(entry).toMatchObject({ verb: 'editOrganisation', by: { email: 'owner@example.org' } });
    expect(entry?.['changes']).toEqual({
      name: { before: 'Minds in Common', after: 'Minds' },
      country: { after: 'KE' },
      url: { before: 'https://minds.example.org/' },
    });
  });

  test('is not, when another owner was faster: they are told what differs', async () => {
    await change('demo-network', { name: 'First' }, { ifMatch: '"0"' });
    const late = await change('demo-network', { name: 'Second' }, { ifMatch: '"0"' });
    expect([late.status, late.body.errors]).toEqual([
      412,
      [{ pointer: '/name', code: 'changed-since', message: 'It is now: "First"' }],
    ]);
  });

  test('the same again writes nothing', async () => {
    await change('demo-network', { name: 'Same' });
    await change('demo-network', { name: 'Same' });
    expect(writes).toBe(1);
  });

  test('has to be there, also for the secretariat', async () => {
    expect((await change('no-such-org', { name: 'x' }, { as: 'secretariat' })).status).toBe(404);
  });
});
