import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { aCampaign, day, hour, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { type Handler, manage } from '../support/a-management-call.ts';
import { aSignature } from '../support/a-person.ts';
import { type AwsService, anAwsService } from '../support/an-aws-service.ts';

const second = 1_000;
const slug = 'punctual';
const iso = (at: number) => new Date(at).toISOString();

let database: Database;
let secrets: AwsService;
/** Two instances of the function that takes signatures: each remembers campaigns by itself. */
let instances: [Handler, Handler];
let step: Handler;
let confirm: Handler;
let actions: typeof import('../../functions/actions/read.ts');

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(console, 'info').mockReturnValue();
  [database, secrets] = await Promise.all([aDatabaseWithCampaigners(), anAwsService()]);
  await database.createTable('Tallies', ['pk', 'sk']);
  secrets.answerBy(() => ({ body: { SecretString: JSON.stringify({ seed: 's'.repeat(64), kid: 'k1' }) } }));
  pointSdkTo(secrets.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    TALLIES_TABLE: 'Tallies',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://example.org',
  });
  ({ handler: step } = await import('../../functions/campaigns/run-campaign.http.ts'));
  ({ handler: confirm } = await import('../../functions/actions/confirm-action.http.ts'));
  actions = await import('../../functions/actions/read.ts');
  vi.resetModules();
  const { handler: one } = await import('../../functions/actions/take-signature.http.ts');
  vi.resetModules();
  const { handler: other } = await import('../../functions/actions/take-signature.http.ts');
  expect(other).not.toBe(one);
  instances = [one, other];
});
let start = noon;
beforeEach(() => {
  // What functions remember of the last test is too old then.
  start += 30 * day;
  vi.setSystemTime(start);
});
afterAll(async () => {
  vi.useRealTimers();
  secrets.stop();
  await database.stop();
});

const store = (changes: Partial<Campaign>) =>
  database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign({ slug, ...changes }) });
let mailboxes = 0;

/** Somebody signs at a time; the status of the answer. */
async function sign(at: number, [instance]: Handler[] = instances): Promise<number | undefined> {
  vi.setSystemTime(at);
  mailboxes += 1;
  const answer = await manage(instance as Handler, {
    route: 'POST /v1/campaigns/{slug}/signatures',
    path: { slug },
    body: aSignature({ email: `somebody${mailboxes}@example.org` }),
  });
  return answer.status;
}

async function take(name: string, at: number) {
  vi.setSystemTime(at);
  return manage(step, { route: `POST /v1/campaigns/{slug}/${name}`, path: { slug }, body: {} });
}

describe('the times of a campaign decide at the moment itself', () => {
  test('when it opens: the first request whose clock reads that time is taken, and none a millisecond before', async () => {
    const opening = start + 10 * second;
    await store({ opensAt: iso(opening) });
    expect([await sign(start), await sign(opening - 1), await sign(opening)]).toEqual([409, 409, 202]);
  });

  test('when it closes: the last request before is taken, and none after', async () => {
    const closing = start + 10 * second;
    await store({ closesAt: iso(closing) });
    expect([await sign(start), await sign(closing - 1), await sign(closing)]).toEqual([202, 202, 409]);
  });
});

describe('a pause', () => {
  test('is felt after 30 seconds everywhere: by who has read the campaign just before, and at once by others', async () => {
    await store({});
    const [one, other] = instances;
    const pausedAt = start + second;
    expect(await sign(start, [one])).toBe(202);
    expect(await take('pause', pausedAt)).toMatchObject({ status: 200, body: { status: 'paused' } });
    expect(await sign(pausedAt, [other])).toBe(409);
    expect(await sign(start + 30 * second - 1, [one])).toBe(202);
    expect(await sign(start + 30 * second, [one])).toBe(409);
  });

  test('is over within a second: nobody is refused by what a function remembers', async () => {
    await store({ status: 'paused' });
    const [one] = instances;
    expect(await sign(start, [one])).toBe(409);
    expect((await take('resume', start + 1)).body.status).toBe('live');
    expect(await sign(start + second, [one])).toBe(202);
  });

  test('extends nothing: what was paused until after its time is closed, and cannot be resumed', async () => {
    await store({ status: 'paused', closesAt: iso(start + hour) });
    expect((await take('resume', start + hour)).status).toBe(409);
    await store({ status: 'paused', closesAt: iso(start + hour) });
    expect((await take('resume', start + hour - 1)).body.status).toBe('live');
    expect(await sign(start + hour)).toBe(409);
  });
});

describe('a confirmation', () => {
  test.each([
    ['by its time', 23, 200],
    ['by its time', 25, 409],
    ['by hand', 23, 200],
    ['by hand', 25, 409],
  ])('after the campaign was closed %s, %i hours later, is answered %i', async (how, hours, status) => {
    const closing = start + hour;
    await store(how === 'by its time' ? { closesAt: iso(closing) } : {});
    const token = await ask();
    if (how === 'by hand') expect((await take('close', closing)).body.status).toBe('closed');
    expect(await sign(closing + 30 * second)).toBe(409);
    expect((await confirmBy(token, closing + hours * hour)).status).toBe(status);
  });

  test('is refused of what the campaign asked before, and taken of what it asks now', async () => {
    await store({});
    const old = await ask();
    await store({ askSince: iso(start + hour) });
    vi.setSystemTime(start + 2 * hour);
    const token = await ask();
    const answer = await confirmBy(old, start + 3 * hour);
    expect([answer.status, answer.body.detail]).toEqual([410, expect.stringMatching(/sign again/)]);
    expect((await confirmBy(token, start + 3 * hour)).status).toBe(200);
  });

  /** The token that somebody who signs now is mailed. */
  async function ask(): Promise<string> {
    expect(await sign(Date.now())).toBe(202);
    const { Items } = (await database.call('Scan', {
      TableName: 'Actions',
      FilterExpression: 'asked.email = :email',
      ExpressionAttributeValues: { ':email': { S: `somebody${mailboxes}@example.org` } },
    })) as unknown as { Items: Array<Record<'pk' | 'sk', { S: string }>> };
    const [item] = Items;
    if (!item) throw new Error('Nothing was asked');
    const { fromKey, toActionId } = await import('../../functions/actions/action.ts');
    const id = toActionId(fromKey({ pk: item.pk.S, sk: item.sk.S }));
    const action = await actions.readAction(id);
    if (!action) throw new Error('Nothing was asked');
    const link = await actions.confirmLinkOf(id, action);
    return new URL(link).searchParams.get('token') ?? '';
  }

  function confirmBy(token: string, at: number) {
    vi.setSystemTime(at);
    return manage(confirm, { route: 'POST /v1/confirmations', body: { token } });
  }
});
