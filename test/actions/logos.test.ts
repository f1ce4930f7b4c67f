import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { countEvents } from '../../functions/actions/count-history.ts';
import { hour, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { aConfirmedAction } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { aGet, aGetAt } from '../support/a-get.ts';
import { aStoredPledge, someDetails } from '../support/an-action.ts';
import { aLossyFrame, aPng, aWebp } from '../support/an-image.ts';

const route = '/v1/campaigns/{slug}/organisations/{action}/logo';
const endorser = { name: 'Open Minds', toVerify: true };
const site = 'https://groundswell.example.org';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let verifyAction: typeof import('../../functions/actions/verify-store.ts').verifyAction;
let manage: typeof import('../../functions/actions/manage-verified.http.ts').handler;
let organisations: typeof import('../../functions/actions/list-organisations.ts').handler;
let logo: typeof import('../../functions/actions/get-logo.ts').handler;
let list: typeof import('../../functions/actions/list-actions.http.ts').handler;
let read: typeof import('../../functions/actions/read.ts');
let at = noon;

beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  vi.setSystemTime(noon);
  database = await aDatabaseWithCampaigners();
  vi.stubEnv('KEYS_SECRET', 'keys');
  store = await import('../../functions/actions/action-store.ts');
  ({ verifyAction } = await import('../../functions/actions/verify-store.ts'));
  ({ handler: manage } = await import('../../functions/actions/manage-verified.http.ts'));
  ({ handler: organisations } = await import('../../functions/actions/list-organisations.ts'));
  ({ handler: logo } = await import('../../functions/actions/get-logo.ts'));
  ({ handler: list } = await import('../../functions/actions/list-actions.http.ts'));
  read = await import('../../functions/actions/read.ts');
});
beforeEach(async () => {
  at += hour;
  vi.setSystemTime(at);
  for (const table of ['Actions', 'Audit']) await empty(table);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await database.stop();
});

describe('the logo of an organisation', () => {
  test.each([
    ['image/png', aPng({ width: 300, height: 100 })],
    ['image/webp', aWebp({ 'VP8 ': aLossyFrame(300, 100) })],
  ])('is shown beside it once it is uploaded (%s), and stays at its address', async (type, bytes) => {
    const id = await verified();
    const answer = await upload(id, bytes, { type });
    const [shown] = await listed();
    expect(answer).toEqual({ status: 200, body: { action: id, logo: shown.logo } });
    expect(shown.logo).toMatchObject({
      width: 300,
      height: 100,
      url: expect.stringContaining(`${site}/logos/`),
    });
    const { status, headers, body } = await fetchLogo(shown.logo.url);
    expect([status, Buffer.from(body, 'base64').equals(bytes)]).toEqual([200, true]);
    expect(headers).toEqual({
      'content-type': type,
      'cache-control': 'public, max-age=3600',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
    });
  });

  test('is that of an organisation that pledges, too, and campaigners see that there is one', async () => {
    const pledge = aStoredPledge({ pledger: { type: 'organisation', name: 'Open Minds' }, toVerify: true });
    const id = await verified({ pledge });
    await upload(id);
    expect(await listed('pledge')).toMatchObject([{ name: 'Open Minds', logo: { width: 96, height: 32 } }]);
    const query = { kind: 'pledge' };
    const { body } = await callAs(list, { slug: 'root', claims: claimsOf('viewer'), query });
    expect(body.actions).toMatchObject([{ action: id, logo: true }]);
  });

  test('gives way to another, and the former one is found no more', async () => {
    const id = await verified();
    const first = await upload(id);
    const second = await upload(id, aPng({ width: 200 }));
    expect(await listed()).toMatchObject([{ logo: second.body.logo }]);
    expect((await fetchLogo(first.body.logo.url)).status).toBe(404);
    const expiring = (await rows('Actions')).filter(({ expires }) => expires === at / 1_000);
    expect(expiring.map(({ pk }) => pk)).toEqual([first.body.logo.url.replace(`${site}/logos/`, 'logo#')]);
  });

  test('can be removed, which is asked for twice with the same answer, and given back', async () => {
    const id = await verified();
    const { body } = await upload(id);
    expect([await remove(id), await remove(id)]).toEqual([204, 204]);
    expect([await listed(), (await fetchLogo(body.logo.url)).status]).toEqual([
      [expect.not.objectContaining({ logo: expect.anything() })],
      404,
    ]);
    expect((await upload(id)).body).toEqual(body);
    expect((await fetchLogo(body.logo.url)).status).toBe(200);
    expect((await rows('Actions')).filter(({ expires }) => expires)).toEqual([]);
  });

  test('is told in the log with who gave it, once', async () => {
    const id = await verified();
    const { body } = await upload(id, aPng(), { query: { reason: 'Sent by its office' } });
    await upload(id);
    await remove(id);
    const url = body.logo.url.replace(site, '');
    const [given, removed, ...more] = (await rows('Audit')).sort(
      (one, other) => Number('reason' in other) - Number('reason' in one),
    );
    expect([given, removed, more]).toMatchObject([
      {
        thing: 'campaign:root',
        verb: 'verifyActions',
        by: { email: 'organiser@example.org' },
        changes: { logo: { after: url }, actions: { after: [id] } },
        reason: 'Sent by its office',
      },
      { changes: { logo: { before: url }, actions: { after: [id] } } },
      [],
    ]);
  });

  test.each([
    ['withdrew', (id: string) => store.withdrawAction(id, at)],
    ['was found invalid', (id: string) => store.invalidateAction(id, 'test', at)],
    ['had all erased', (id: string) => store.eraseAction(id, at)],
    ['says something else', (id: string) => changed(id)],
  ])('is shown of none that %s', async (_, leaves) => {
    const id = await verified();
    const { body } = await upload(id);
    await leaves(id);
    expect([(await fetchLogo(body.logo.url)).status, await listed()]).toEqual([404, []]);
  });

  test('is not on the tombstone of one that had all erased', async () => {
    const id = await verified();
    await upload(id);
    await store.eraseAction(id, at);
    const [tombstone] = (await rows('Actions')).filter(({ state }) => state);
    expect(JSON.stringify(tombstone)).not.toContain('logo');
  });

  test('is gone when the organisation says something else, also once that is verified', async () => {
    const id = await verified();
    await upload(id);
    await changed(id);
    await verify(id);
    expect(await listed()).toEqual([expect.not.objectContaining({ logo: expect.anything() })]);
  });

  test('is nothing that its supporter says: who asks for the same hears that nothing is left to do', async () => {
    const id = await verified();
    await upload(id);
    await store.askAction(id, someDetails({ campaign: 'root', endorser }), at + minute);
    const action = await store.getAction(id);
    expect(action && read.readSaidIn(action)).not.toHaveProperty('logo');
  });
});

describe('what is no logo', () => {
  test.each([
    ['an SVG by its own type', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml', 415],
    ['JSON', '{}', 'application/json', 415],
    ['an SVG that is called a PNG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/png', 'no-image'],
    ['a page that is called a PNG', '<!doctype html><script>alert(1)</script>', 'image/png', 'no-image'],
    ['a PNG that is called a WebP', aPng(), 'image/webp', 'no-image'],
    ['nothing', '', 'image/png', 'no-image'],
    ['41 kB', Buffer.concat([aPng(), Buffer.alloc(41 * 1_024)]), 'image/png', 413],
    ['600 pixels', aPng({ width: 600 }), 'image/png', 'wrong-size'],
    ['a single pixel', aPng({ width: 1, height: 1 }), 'image/png', 'wrong-size'],
    ['a part of one', aPng().subarray(0, -5), 'image/png', 'truncated'],
    ['an animation', aPng({ chunks: { acTL: Buffer.alloc(8) } }), 'image/png', 'animated'],
  ])('is refused, and nothing is kept of it: %s', async (_, content, type, refused) => {
    const id = await verified();
    const { status, body } = await upload(id, Buffer.from(content as string), { type });
    const said = typeof refused === 'number' ? [refused, undefined] : [422, refused];
    expect([status, body.errors?.[0].code]).toEqual(said);
    expect([(await logosKept()).length, (await rows('Audit')).length]).toEqual([0, 0]);
  });

  test('is served as an image even where it is a page as well', async () => {
    const script = Buffer.from('<script>alert(1)</script>');
    const both = Buffer.concat([aPng({ chunks: { tEXt: script } }), script]);
    const { body } = await upload(await verified(), both);
    expect((await fetchLogo(body.logo.url)).headers).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'",
    });
  });

  test.each(['', 'x', '0'.repeat(64), `${'0'.repeat(63)}%`, 'A'.repeat(64)])(
    'is not found: %j',
    async (id) => {
      expect((await fetchLogo(`${site}/logos/${id}`)).status).toBe(404);
    },
  );
});

describe('a logo is given', () => {
  test.each([
    ['a signature', {}],
    ['one that waits', { endorser }],
    ['a person', { pledge: aStoredPledge() }],
  ])('to none but verified organisations: not to %s', async (_, details) => {
    const { status, body } = await upload(await confirmed(details));
    expect([status, body.detail]).toEqual([409, expect.stringContaining('verify its pledge or endorsement')]);
  });

  test('to none of another campaign, nor by who may not verify', async () => {
    const id = await verified();
    const elsewhere = await Promise.all([
      upload(id, aPng(), { as: 'outsider' }),
      upload(id, aPng(), { as: 'outsider', slug: 'other' }),
      upload(id, aPng(), { as: 'chapter-organiser', slug: 'chapter' }),
      upload('root~endorsement~nobody', aPng()),
      upload('nonsense', aPng()),
    ]);
    expect(elsewhere.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect([(await upload(id, aPng(), { as: 'reviewer' })).status, await remove(id, 'reviewer')]).toEqual([
      403, 403,
    ]);
    expect(await logosKept()).toEqual([]);
  });

  test('by one of two who upload at once, and then by the other: both are in the log', async () => {
    const id = await verified();
    const both = await Promise.all([upload(id, aPng({ width: 100 })), upload(id, aPng({ width: 200 }))]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const [shown] = await listed();
    const found = await Promise.all(both.map(({ body }) => fetchLogo(body.logo.url)));
    expect(both.map(({ body }) => body.logo.url === shown.logo.url)).toEqual(
      found.map(({ status }) => status === 200),
    );
    expect(await rows('Audit')).toHaveLength(2);
  });
});

describe('no count changes with a logo', () => {
  test('and nothing of it is news', async () => {
    const id = await verified();
    const before = await store.getAction(id);
    await upload(id);
    const after = await store.getAction(id);
    const { changedAt, history, version } = before ?? {};
    expect(after).toMatchObject({ changedAt, history, version: Number(version) + 1 });
    expect(read.actionNews(before, after)).toEqual([]);
    expect((await logosKept()).flatMap((item) => read.actionNews(undefined, item))).toEqual([]);
    expect(after && countEvents(after).map(({ name }) => name)).toEqual(['ActionConfirmed']);
  });

  test('also when the action changes later: each change is told once, as it was', async () => {
    const id = await verified();
    await upload(id);
    const before = await store.getAction(id);
    await store.withdrawAction(id, at + minute);
    const after = await store.getAction(id);
    expect(read.actionNews(before, after).map(({ name }) => name)).toEqual(['ActionWithdrawn']);
  });

  test('and neither recounts, lists nor what forgets requests come across it', async () => {
    const id = await verified();
    await upload(id);
    const counted = [];
    for (const part of read.readActionParts().filter(({ kind }) => kind === 'endorsement'))
      for await (const page of read.readCountEvents('root', part, { consistent: true }))
        counted.push(page.rows);
    expect(counted.reduce((sum, rows) => sum + rows, 0)).toBe(1);
    const { body } = await callAs(list, {
      slug: 'root',
      claims: claimsOf('viewer'),
      query: { kind: 'endorsement' },
    });
    expect(body.actions.map(({ action }: { action: string }) => action)).toEqual([id]);
    const overdue = [];
    const whole = { Segment: 0, TotalSegments: 1 };
    for await (const key of store.listOverdueAsks(whole, at + 1_000 * hour)) overdue.push(key);
    expect(overdue).toEqual([]);
  });

  test('nor is an action of a campaign called "logo" taken for one', async () => {
    const id = await confirmed({}, { root: 'logo' });
    expect(read.actionNews(undefined, await store.getAction(id))).toHaveLength(1);
  });
});

function confirmed(details: object = {}, { root = 'root', id }: { root?: string; id?: string } = {}) {
  const then = { root, at: at - 2 * minute, ...(id && { id, at: at - minute / 2 }) };
  return aConfirmedAction(store, { campaign: root, ...details }, then);
}

async function verified(details: object = { endorser }): Promise<string> {
  const id = await confirmed(details);
  await verify(id);
  return id;
}

async function verify(id: string): Promise<void> {
  const action = await store.getAction(id);
  const done = action && (await verifyAction(action, (action.changedAt ?? at) + 1));
  if (!done) throw new Error('It was not verified');
}

function changed(id: string): Promise<string> {
  return confirmed({ endorser: { ...endorser, name: 'Lantern Hill' } }, { id });
}

interface Upload {
  type?: string;
  as?: string;
  slug?: string;
  query?: Record<string, string>;
}

/** As API Gateway hands on a file, and reads the answer. */
async function upload(action: string, bytes: Buffer = aPng(), asked: Upload = {}) {
  const { type = 'image/png', as = 'organiser', slug = 'root', query = {} } = asked;
  const answer = await ask('PUT', { action, as, slug, query, type, body: bytes.toString('base64') });
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? '{}') };
}

async function remove(action: string, as = 'organiser'): Promise<number | undefined> {
  return (await ask('DELETE', { action, as, slug: 'root', query: {} })).statusCode;
}

function ask(
  method: string,
  asked: Required<Omit<Upload, 'type'>> & { action: string; type?: string; body?: string },
) {
  const { action, slug, as, query, type, body } = asked;
  const event = {
    version: '2.0',
    routeKey: `${method} ${route}`,
    rawPath: `/v1/campaigns/${slug}/organisations/${action}/logo`,
    pathParameters: { slug, action },
    queryStringParameters: query,
    headers: type ? { 'content-type': type } : {},
    body,
    isBase64Encoded: body !== undefined,
    requestContext: { http: { method }, authorizer: { jwt: { claims: claimsOf(as), scopes: null } } },
  } as unknown as APIGatewayProxyEventV2;
  return manage(event, {} as Context);
}

function fetchLogo(url: string) {
  const path = url.replace(site, '');
  return aGetAt(logo, path, { path: { logo: path.replace('/logos/', '') } });
}

async function listed(kind = 'endorsement') {
  return (await aGet(organisations, { slug: 'root', query: { kind } })).json().organisations;
}

async function logosKept() {
  return (await rows('Actions')).filter(({ pk }) => String(pk).startsWith('logo#'));
}

async function rows(table: string): Promise<Record<string, unknown>[]> {
  const { Items } = await database.call('Scan', { TableName: table });
  return Items.map(toPlain);
}

/** The database answers in JSON, where bytes are base64. */
function toPlain(item: Parameters<typeof unmarshall>[0]): Record<string, unknown> {
  return unmarshall(item);
}

async function empty(table: string): Promise<void> {
  const names = table === 'Audit' ? ['thing', 'entry'] : ['pk', 'sk'];
  for (const row of await rows(table)) {
    const Key = Object.fromEntries(names.map((name) => [name, { S: row[name] }]));
    await database.call('DeleteItem', { TableName: table, Key });
  }
}
