import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { CampaignTargets, SavedSelection } from '../../functions/campaigns/selection-view.ts';
import type { Target } from '../../functions/targets/target.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { aCampaign } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { aTarget } from '../support/a-target.ts';

type Handler = Parameters<typeof callAs>[0];

let database: Database;
let get: Handler;
let put: Handler;
let log: Handler;
let store: typeof import('../../functions/campaigns/campaign-store.ts');
let updates: Array<Record<string, unknown>>;

const registry = [
  aTarget(),
  aTarget({ id: 'fr-finance', area_id: 'FR', classification: 'finance-ministry' }),
  aTarget({ id: 'fr-health', area_id: 'FR', languages: ['fr'] }),
];
const byHand = { rules: [], ids: ['fr-finance', 'ke-health'], except: [] };

beforeAll(async () => {
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  await database.createTable('Targets', ['pk', 'sk']);
  for (const target of registry) await addOffice(target);
  pointSdkTo(database.url, { TARGETS_TABLE: 'Targets' });
  ({ handler: get } = await import('../../functions/campaigns/get-selection.http.ts'));
  ({ handler: put } = await import('../../functions/campaigns/put-selection.http.ts'));
  ({ handler: log } = await import('../../functions/audit/read-log.http.ts'));
  store = await import('../../functions/campaigns/campaign-store.ts');
});
beforeEach(async () => {
  await database.put('Campaigns', {
    pk: 'campaign',
    sk: 'root',
    ...aCampaign({ slug: 'root', partners: ['partner-org'] }),
  });
  updates = [];
  database.failBy((operation, body) => {
    if (operation === 'TransactWriteItems') updates.push(body as Record<string, unknown>);
    return undefined;
  });
});
afterAll(() => database.stop());

interface Call {
  as?: string;
  body?: unknown;
  ifMatch?: string;
}

async function call(handler: Handler, { as = 'organiser', body, ifMatch }: Call = {}) {
  const event = {
    version: '2.0',
    rawPath: '/v1/campaigns/root/targets',
    pathParameters: { slug: 'root' },
    headers: { 'content-type': 'application/json', ...(ifMatch !== undefined && { 'if-match': ifMatch }) },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: {
      http: { method: body === undefined ? 'GET' : 'PUT' },
      authorizer: { jwt: { claims: claimsOf(as), scopes: null } },
    },
  } as unknown as APIGatewayProxyEventV2;
  const { statusCode: status, headers = {}, body: text = '{}' } = await handler(event, {} as Context);
  return { status, headers, etag: String(headers['etag']), text, body: JSON.parse(text) };
}

const read = () => call(get);
const select = (body: unknown, ifMatch?: string) => call(put, { body, ...(ifMatch && { ifMatch }) });
const addOffice = (target: Target) => database.put('Targets', { pk: 'targets', sk: target.id, ...target });
const idsOf = ({ body }: Awaited<ReturnType<typeof read>>) => body.offices.map(({ id }: Target) => id);

test.each([
  ['viewer', 200, 403],
  ['reviewer', 200, 403],
  ['organiser', 200, 200],
  ['owner', 200, 200],
  ['secretariat', 200, 200],
  ['outsider', 404, 404],
  ['stranger', 404, 404],
])(
  '%s is answered %i who reads the targets of a campaign, and %i who selects them',
  async (as, reads, selects) => {
    expect((await call(get, { as })).status).toBe(reads);
    expect((await call(put, { as, body: byHand })).status).toBe(selects);
    expect(updates).toHaveLength(selects === 200 ? 1 : 0);
  },
);

describe('the targets of a campaign', () => {
  test('are the selection and the offices that it selects now, without their addresses', async () => {
    const { headers, body, text } = await read();
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(CampaignTargets.parse(body)).toEqual({
      campaign: 'root',
      selection: { rules: [{ classification: 'health-ministry' }], ids: [], except: [] },
      count: 2,
      offices: [
        {
          ...{ id: 'fr-health', classification: 'health-ministry', area_id: 'FR', languages: ['fr'] },
          ...{ label: aTarget().label, channel: 'email', reachable: true },
        },
        {
          ...{ id: 'ke-health', classification: 'health-ministry', area_id: 'KE', languages: ['en'] },
          ...{ label: aTarget().label, channel: 'email', reachable: true },
        },
      ],
    });
    expect(text).not.toMatch(/@|Afya/);
  });

  test('are read anew: an office that has just come into the registry is there', async () => {
    await read();
    await addOffice(aTarget({ id: 'br-health', area_id: 'BR' }));
    expect(idsOf(await read())).toEqual(['br-health', 'fr-health', 'ke-health']);
    await database.call('DeleteItem', {
      TableName: 'Targets',
      Key: { pk: { S: 'targets' }, sk: { S: 'br-health' } },
    });
  });

  const address = (status: string) => ({ type: 'address', value: 'Afya House', status });
  const mail = (status: string) => ({ type: 'email', value: 'a@example.org', status });
  test.each([
    ['email', [mail('unverified')], true],
    ['email', [mail('bounced'), mail('verified')], true],
    ['email', [mail('bounced'), mail('retired'), address('verified')], false],
    ['post', [address('unverified'), mail('bounced')], true],
    ['by-hand', [address('verified')], true],
    ['web-form', [{ type: 'url', value: 'https://example.org', status: 'unverified' }], true],
    ['web-form', [{ type: 'url', value: 'https://example.org', status: 'retired' }], false],
  ])(
    'that take letters by %s and have %j can be reached: %j',
    async (channel, contact_details, reachable) => {
      await addOffice(aTarget({ channel, contact_details } as Partial<Target>));
      const { body } = await read();
      await addOffice(aTarget());
      expect(body.offices.at(-1)).toMatchObject({ id: 'ke-health', reachable });
    },
  );
});

describe('selecting targets', () => {
  test('by hand or by rules tells how many they are, and is what is read then', async () => {
    const saved = await select(byHand);
    expect(SavedSelection.parse(saved.body)).toEqual({ campaign: 'root', selection: byHand, count: 2 });
    const again = await read();
    expect([again.body.selection, idsOf(again)]).toEqual([byHand, byHand.ids]);
    expect(again.etag).toBe(saved.etag);

    const rules = [{ classification: 'finance-ministry', regions: ['150'] }, { areas: ['KE', 'EU'] }];
    expect((await select({ rules, except: ['ke-health'] })).body).toMatchObject({ count: 1 });
    expect(idsOf(await read())).toEqual(['fr-finance']);
  });

  test('changes nothing else of the campaign', async () => {
    await select(byHand);
    const before = aCampaign({ slug: 'root', partners: ['partner-org'] });
    const changed = { targets: byHand, version: 1, changedIn: { targets: 1 } };
    expect(await store.getStoredCampaign('root')).toEqual({ ...before, ...changed });
  });

  test('is told in the log with what there was before, who did it, and why', async () => {
    const { body: saved } = await select({ ...byHand, reason: 'The ministry has moved' });
    expect(saved.selection).toEqual(byHand);
    const { body } = await callAs(log, {
      slug: 'root',
      claims: claimsOf('organiser'),
      query: { limit: '1' },
    });
    expect(body.entries).toMatchObject([
      {
        verb: 'selectTargets',
        by: { email: 'organiser@example.org' },
        changes: { targets: { before: { ids: [] }, after: byHand } },
        reason: 'The ministry has moved',
      },
    ]);
  });

  const keep = (changes: Partial<Campaign>) =>
    database.put('Campaigns', { pk: 'campaign', sk: 'root', ...aCampaign({ slug: 'root', ...changes }) });

  test('of nothing is a campaign that writes to nobody: a draft, or one without letters', async () => {
    await keep({ status: 'draft' });
    expect((await select({})).body).toMatchObject({
      count: 0,
      selection: { rules: [], ids: [], except: [] },
    });
    const { letters: _, ...petition } = aCampaign({ slug: 'root' });
    await database.put('Campaigns', { pk: 'campaign', sk: 'root', ...petition });
    expect((await select({})).status).toBe(200);
  });

  test.each([
    ['is empty', {}],
    ['no office answers to', { rules: [{ areas: ['BR'] }] }],
    ['leaves out whom it names', { ids: ['ke-health'], except: ['ke-health'] }],
  ])('that %s is refused once letters go out by it', async (_, selection) => {
    for (const status of ['live', 'paused', 'closed'] as const) {
      await keep({ status });
      expect(await select(selection)).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '', code: 'no-target' }] },
      });
    }
    expect(updates).toEqual([]);
  });

  test('is refused once the campaign is archived: nothing of it changes any more', async () => {
    const archived = aCampaign({ slug: 'root', status: 'archived' });
    await database.put('Campaigns', { pk: 'campaign', sk: 'root', ...archived });
    expect(await select(byHand)).toMatchObject({ status: 409, body: { detail: /archived/ } });
    expect(updates).toEqual([]);
  });

  test('a second time writes nothing, and answers the same', async () => {
    const first = await select(byHand);
    const second = await select(byHand, '"of something else"');
    expect([second.status, second.body, second.etag]).toEqual([200, first.body, first.etag]);
    expect(updates).toHaveLength(1);
  });

  test('that nobody could mean is refused with all that is wrong, and nothing is changed', async () => {
    const answer = await select({
      rules: [{ classification: 'bakery', areas: ['KE', 'XX'], regions: ['999', '002'], continent: '002' }],
      ids: ['ke-health', 'No Id'],
      offices: [],
      reason: 7,
    });
    expect(answer.status).toBe(422);
    const { errors = [] } = ProblemDocument.parse(answer.body);
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual([
      '/ids/1',
      '/offices',
      '/reason',
      '/rules/0/areas/1',
      '/rules/0/classification',
      '/rules/0/continent',
      '/rules/0/regions/0',
    ]);
    expect(updates).toEqual([]);
  });

  test('of offices that are not in the registry is refused, and they are named', async () => {
    const answer = await select({ ids: ['fr-health', 'fr-helth'], except: ['ke-heath'] });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        errors: [
          { pointer: '/ids/1', code: 'unknown-office' },
          { pointer: '/except/0', code: 'unknown-office' },
        ],
      },
    });
    expect(updates).toEqual([]);
  });

  test.each([['[]'], [null], ['text'], [{ rules: {} }]])('is no %j', async (body) => {
    expect((await select(body)).status).toBe(422);
  });
});

describe('two who select at once', () => {
  const theirs = { rules: [{ areas: ['KE'] }], ids: [], except: [] };

  test('lose nothing if they say what they have seen: the second is told to read again', async () => {
    const { etag } = await read();
    expect((await select(theirs, etag)).status).toBe(200);
    const late = await select(byHand, etag);
    expect([late.status, late.body.type]).toEqual([412, 'urn:groundswell:problem:precondition-failed']);
    const is = `It is now: ${JSON.stringify(theirs.rules)}`;
    expect(late.body.errors).toContainEqual({ pointer: '/rules', code: 'changed-since', message: is });
    expect((await read()).body.selection).toEqual(theirs);
    const { etag: newer } = await read();
    expect((await select(byHand, `W/"x", ${newer}`)).status).toBe(200);
  });

  test('are told so, too, when the other one is faster between reading and writing', async () => {
    const { etag } = await read();
    slipIn(theirs);
    expect((await select(byHand, etag)).status).toBe(412);
    expect((await read()).body.selection).toEqual(theirs);
  });

  test('without saying what they have seen, the last one counts', async () => {
    slipIn(theirs);
    expect((await select(byHand)).status).toBe(200);
    expect((await read()).body.selection).toEqual(byHand);
    expect(updates).toHaveLength(2);
  });

  test('is not what a lost reply and the second attempt are', async () => {
    let lost = false;
    database.failBy((operation) => {
      if (operation !== 'TransactWriteItems' || lost) return undefined;
      lost = true;
      return { name: 'ProvisionedThroughputExceededException', when: 'after' };
    });
    const { etag } = await read();
    expect((await select(byHand, etag)).status).toBe(200);
    expect((await read()).body.selection).toEqual(byHand);
  });

  /** Somebody else's selection is stored just before the first update. */
  function slipIn(targets: object): void {
    database.failBy(async (operation, body) => {
      if (operation !== 'TransactWriteItems') return undefined;
      updates.push(body as Record<string, unknown>);
      if (updates.length === 1)
        await database.put('Campaigns', {
          pk: 'campaign',
          sk: 'root',
          ...aCampaign({ slug: 'root', partners: ['partner-org'], version: 1 }),
          targets,
        });
      return undefined;
    });
  }
});
