import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { Action } from '../../functions/actions/action.ts';
import type { httpHandler } from '../../shared/http/http-handler.ts';
import { aCampaign, aPledgeOffer, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aPledge, aSupport } from '../support/a-person.ts';
import { type AwsService, anAwsService } from '../support/an-aws-service.ts';

const slug = 'mental-health-for-all';
const pledge = aPledgeOffer({ types: ['money', 'support'], conditions: [100] });

let database: Database;
let secrets: AwsService;
let handlers: Record<'json' | 'form', ReturnType<typeof httpHandler>>;

beforeAll(async () => {
  [database, secrets] = await Promise.all([aDatabase(), anAwsService()]);
  for (const table of ['Actions', 'Campaigns', 'Network', 'Tallies'])
    await database.createTable(table, ['pk', 'sk']);
  secrets.answerBy(() => ({ body: { SecretString: JSON.stringify({ seed: 's'.repeat(64), kid: 'k1' }) } }));
  pointSdkTo(secrets.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    ACTIONS_TABLE: 'Actions',
    CAMPAIGNS_TABLE: 'Campaigns',
    TALLIES_TABLE: 'Tallies',
    KEYS_SECRET: 'keys',
  });
  vi.setSystemTime(noon);
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign({ pledge }) });
  const [api, page] = await Promise.all([
    import('../../functions/actions/take-pledge.http.ts'),
    import('../../functions/actions/submit-form.http.ts'),
  ]);
  handlers = { json: api.handler, form: page.handler };
});
beforeEach(() => emptyTable());
afterAll(async () => {
  secrets.stop();
  await database.stop();
});

describe('a pledge without money', () => {
  test('is taken as JSON, and stored without any', async () => {
    expect(await send('json', aSupport())).toMatchObject({ statusCode: 202 });
    expect(await storedPledges()).toEqual([{ pledger: { type: 'individual' }, toVerify: false }]);
  });

  test('is taken from a form that sends all of its fields, as from one that was filled in for money first', async () => {
    const answer = await send('form', { ...aFilledForm(), type: 'support' });
    expect(answer).toMatchObject({ statusCode: 303, headers: { location: expect.stringContaining(slug) } });
    expect(await storedPledges()).toEqual([{ pledger: { type: 'individual' }, toVerify: false }]);
  });

  test('of an organisation waits for its verification', async () => {
    const pledger = { type: 'organisation', name: 'Open Minds' };
    await send('json', aSupport({ pledger }));
    expect(await storedPledges()).toEqual([{ pledger, toVerify: true }]);
  });

  test('with money is refused, and nothing is stored', async () => {
    const { statusCode, body } = await send('json', aSupport({ amount: 2_500 }));
    expect([statusCode, JSON.parse(body ?? '').errors]).toEqual([
      422,
      [{ pointer: '/amount', code: 'only-for-money', message: expect.stringContaining('no money') }],
    ]);
    expect(await storedPledges()).toEqual([]);
  });
});

describe('a pledge that came by an old link', () => {
  const old = { partner: 'gone', source: 'x'.repeat(80) };

  test('is taken from a form, and counted for nobody', async () => {
    const answer = await send('form', { ...aFilledForm(), type: 'money', ...old });
    expect(answer.statusCode).toBe(303);
    expect(await storedPledges()).toMatchObject([{ amount: 2_500 }]);
  });

  test('is refused as JSON, by what it names', async () => {
    const { statusCode, body } = await send('json', aPledge({ partner: 'gone' }));
    expect([statusCode, JSON.parse(body ?? '').errors]).toMatchObject([422, [{ pointer: '/partner' }]]);
  });
});

test('a form that names no one who pledges is told so, in words of the page', async () => {
  const { 'pledger[type]': _type, 'pledger[name]': _name, ...form } = aFilledForm();
  const { statusCode, body } = await send('form', { ...form, language: 'fr', type: 'money', pledger: 'x' });
  expect(statusCode).toBe(422);
  expect(body).toContain('href="#pledge-pledger-type">Choisissez qui fait cette promesse.</a>');
  expect(body).not.toContain('Invalid input');
});

describe('a pledge that depends on others', () => {
  test.each([
    ['JSON', 'json', aPledge({ condition: { atLeast: 100 } })],
    ['a form', 'form', { ...aFilledForm(), type: 'money', 'condition[atLeast]': '100' }],
  ] as const)('is taken from %s, with what it depends on', async (_, way, sent) => {
    await send(way, sent);
    expect(await storedPledges()).toMatchObject([{ amount: 2_500, currency: 'EUR', atLeast: 100 }]);
  });

  test('on what the campaign does not offer is refused, at the field', async () => {
    const sent = { ...aFilledForm(), type: 'money', 'condition[atLeast]': '99' };
    const { statusCode, body } = await send('form', sent);
    expect(statusCode).toBe(422);
    expect(body).toContain('href="#pledge-condition-atLeast">Choose when your pledge holds.</a>');
    expect(await storedPledges()).toEqual([]);
  });
});

/** All that the form of a campaign sends, filled in for 25.00 EUR. */
function aFilledForm(): Record<string, string> {
  const { givenName, familyName, email, country } = aPledge();
  return {
    ...{ givenName, familyName, email, country, display: 'anonymous', language: 'en' },
    ...{ majorAmount: '25', currency: 'EUR', interval: 'once', 'condition[atLeast]': '' },
    ...{ 'pledger[type]': 'individual', 'pledger[name]': 'www.left-over.example' },
    ...{ 'consents[0][id]': 'privacy', 'consents[0][version]': '1', 'consents[0][granted]': 'true' },
  };
}

function send(way: 'json' | 'form', fields: object) {
  const isForm = way === 'form';
  const event = {
    version: '2.0',
    rawPath: `${isForm ? '/c' : '/v1/campaigns'}/${slug}/pledges`,
    pathParameters: { slug },
    headers: { 'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json' },
    body: isForm ? String(new URLSearchParams({ ...fields })) : JSON.stringify(fields),
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' } },
  } as unknown as APIGatewayProxyEventV2;
  return handlers[way](event, {} as Context);
}

async function storedPledges() {
  const { Items } = await database.call('Scan', { TableName: 'Actions' });
  return Items.map((item: Parameters<typeof unmarshall>[0]) => Action.parse(unmarshall(item)).asked?.pledge);
}

async function emptyTable(): Promise<void> {
  const { Items } = await database.call('Scan', { TableName: 'Actions', ProjectionExpression: 'pk, sk' });
  for (const Key of Items) await database.call('DeleteItem', { TableName: 'Actions', Key });
}
