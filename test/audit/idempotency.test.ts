import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { HttpAnswer } from '../../shared/http/http-handler.ts';
import { day, noon } from '../support/a-campaign.ts';
import { claimsOf } from '../support/a-campaigner.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';

let database: Database;
let once: typeof import('../../shared/audit/idempotency.ts');
let aws: typeof import('../../shared/aws/dynamo.ts');
let sdk: typeof import('@aws-sdk/client-dynamodb');
let made = 0;

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Audit', ['thing', 'entry']);
  await database.createTable('Things', ['id']);
  pointSdkTo(database.url, { AUDIT_TABLE: 'Audit' });
  once = await import('../../shared/audit/idempotency.ts');
  aws = await import('../../shared/aws/dynamo.ts');
  sdk = await import('@aws-sdk/client-dynamodb');
});
beforeEach(() => {
  made = 0;
});
afterAll(() => database.stop());

describe('a creating request', () => {
  test('with a key creates once, and is answered the same again', async () => {
    const first = await ask({ key: 'one' });
    const second = await ask({ key: 'one' });
    expect(second).toEqual(first);
    expect(made).toBe(1);
  });

  test('that comes twice at once creates once, and both are answered the same', async () => {
    const [first, second] = await Promise.all([ask({ key: 'twins' }), ask({ key: 'twins' })]);
    expect(second).toEqual(first);
    expect(made).toBe(1);
  });

  test('with the key of another body is refused, and creates nothing more', async () => {
    await ask({ key: 'two' });
    await expect(ask({ key: 'two', body: { name: 'other' } })).rejects.toMatchObject({
      code: 'invalid-fields',
      facts: { errors: [{ code: 'idempotency-key' }] },
    });
    expect(made).toBe(1);
  });

  test.each([
    ['somebody else', { as: 'owner' }],
    ['another address', { rawPath: '/v1/others' }],
  ])('with a key that %s has used creates', async (key, changes) => {
    await ask({ key: key.replaceAll(' ', '-') });
    await ask({ key: key.replaceAll(' ', '-'), ...changes });
    expect(made).toBe(2);
  });

  test('with a key of yesterday creates again, also where it is still stored', async () => {
    await ask({ key: 'old' });
    await ask({ key: 'old', now: noon + day + 1_000 });
    expect(made).toBe(2);
  });

  test('without a key creates each time', async () => {
    await ask({});
    await ask({});
    expect(made).toBe(2);
  });

  test.each(['', 'with space', 'ü', 'x'.repeat(201)])('with the key "%s" is refused', async (key) => {
    await expect(ask({ key })).rejects.toMatchObject({ code: 'invalid-fields' });
  });
});

interface Asked {
  key?: string;
  as?: string;
  rawPath?: string;
  body?: unknown;
  now?: number;
}

/** Creates a thing with a name of its own, and counts it. */
async function ask({ key, as = 'organiser', rawPath = '/v1/things', body = {}, now = noon }: Asked) {
  const headers = key === undefined ? {} : { 'idempotency-key': key };
  return once.createOnce({ headers, rawPath, claims: claimsOf(as), body, now }, async (remember) => {
    const id = crypto.randomUUID();
    const answer: HttpAnswer = { statusCode: 201, headers: { location: `/v1/things/${id}` }, body: id };
    const Put = { TableName: 'Things', Item: aws.toItem({ id }) };
    const TransactItems = [{ Put }, ...remember(answer)];
    await aws.dynamo.send(new sdk.TransactWriteItemsCommand({ TransactItems }));
    made += 1;
    return answer;
  });
}
