import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../functions/actions/action.ts';
import { fetchToken } from '../../infra/local/token.ts';
import { aSignature } from '../support/a-person.ts';
import { aStack, type RunningStack } from '../support/a-stack.ts';
import { aTallyKey } from '../support/a-tally-key.ts';
import { aVisitor, until } from '../support/a-visitor.ts';

const slug = 'mental-health-for-all';
const path = `/v1/campaigns/${slug}/recount`;
const threeHoursAgo = Date.now() - 3 * 3_600_000;
const hour = `hour#${new Date(threeHoursAgo).toISOString().slice(0, 13)}`;

describe('a recount', () => {
  let stack: RunningStack;
  let visitor: ReturnType<typeof aVisitor>;
  let database: DynamoDBClient;
  beforeAll(async () => {
    stack = await aStack({ shuffleAndRepeat: true });
    visitor = aVisitor(stack.url);
    database = new DynamoDBClient(stack.host.client);
    await Promise.all([1, 2, 3].map((number) => putSignature(`old-${number}`)));
    await visitor.signTotal(3);
  });
  afterAll(() => stack?.stop());

  it('finds nothing where nothing is wrong', async () => {
    const { status, said } = await recount();
    expect(said).toMatch(
      /^mental-health-for-all, with its chapters: 3 actions and 1 hour compared, up to [\d-]{10} \d\d:00 UTC\.\nNothing differed\.\n$/,
    );
    expect(status).toBe(0);
  });

  it('sets right what is wrong, while people go on signing', async () => {
    await add('tally', { s: -2, 's@KE': 4, 'a#EUR': 100 });
    await add(hour, { s: -2, 's@FR': 2 });
    let people = 0;
    let isDone = false;
    const signing = (async () => {
      while (!isDone && people < 60) {
        const email = `during-${people}@example.org`;
        await visitor.sign(aSignature({ email }));
        expect((await visitor.confirm(email)).status).toBe(200);
        people += 1;
      }
    })();
    const { status, said } = await recount();
    isDone = true;
    await signing;
    expect(said).toContain('\n  1 hour not as the actions say\n  1 tally not the sum of its hours\n');
    expect(status).toBe(1);
    await visitor.signTotal(3 + people);
    const { signatures, pledges } = await visitor.tally();
    expect([signatures.byCountry, pledges.byCurrency]).toEqual([{ KE: 3 + people }, {}]);
    expect(await recount()).toMatchObject({ status: 0 });
  });

  it('makes a tally that is gone again', async () => {
    const before = await visitor.tally();
    await remove('tally');
    expect(await recount()).toMatchObject({ status: 1, said: expect.stringContaining('1 tally') });
    const { signatures, goals } = await visitor.tally();
    expect({ signatures, goals }).toEqual({ signatures: before.signatures, goals: before.goals });
  });

  it('is asked for every night', async () => {
    const rules = stack.host.template.ofType('AWS::Events::Rule');
    const [rule] = rules.find(([id]) => id.startsWith('TalliesRequestRecountsRule')) ?? [];
    const token = await fetchToken(stack.url, 'organiser@example.org');
    const { requestedAt: last } = await (await ask('GET', token)).json();
    await stack.host.fire(rule ?? '');
    const tonight = await until(async () => {
      const { state, requestedAt } = await (await ask('GET', token)).json();
      return requestedAt !== last && state === 'done' ? state : undefined;
    }, 'the recount of the night');
    expect(tonight).toBe('done');
  });

  it.each([
    ['secretariat', 202, 200],
    ['organiser', 202, 200],
    ['viewer', 403, 403],
    ['outsider', 404, 404],
  ])('is answered to %s with %i and %i', async (name, asking, looking) => {
    const token = await fetchToken(stack.url, `${name}@example.org`);
    const answers = [await ask('POST', token), await ask('GET', token)];
    expect(answers.map(({ status }) => status)).toEqual([asking, looking]);
    for (const { headers } of answers) expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is nobody else’s to ask for, and takes nothing but the request', async () => {
    expect((await visitor.post(path, {})).status).toBe(401);
    expect((await visitor.get(path)).status).toBe(401);
    const token = await fetchToken(stack.url, 'organiser@example.org');
    expect((await ask('POST', token, '{"force":true}')).status).toBe(422);
  });

  it.each([
    ['no campaign', [], 'Say which campaign'],
    ['an unknown campaign', ['--campaign', 'no-such'], 'There is no campaign no-such for you'],
    ['a token that is none', ['--campaign', slug, '--token', 'abc'], 'The token is not valid'],
    ['an unknown option', ['--campaigns', slug], "Unknown option '--campaigns'"],
    ['no address', ['--campaign', slug, '--url', 'here'], '"here" is none'],
    [
      'an address where nothing answers',
      ['--campaign', slug, '--url', 'http://localhost:1'],
      'Nothing answers',
    ],
    [
      'no token for another machine',
      ['--campaign', slug, '--url', 'https://example.org'],
      '--token is needed',
    ],
  ])('says what is wrong with %s, and ends with 2', async (_, given, sentence) => {
    const url = given.includes('--url') ? [] : ['--url', stack.url];
    const { status, warned } = await run([...given, ...url]);
    expect([status, warned]).toEqual([2, expect.stringContaining(sentence)]);
    expect(warned).not.toContain('    at ');
  });

  it('is not for a role that is too low', async () => {
    const token = await fetchToken(stack.url, 'viewer@example.org');
    const { status, warned } = await run(['--campaign', slug, '--url', stack.url, '--token', token]);
    expect([status, warned]).toEqual([2, expect.stringContaining('role')]);
  });

  function ask(method: string, token: string, body = '{}'): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    return visitor.get(path, { method, headers, ...(method === 'POST' && { body }) });
  }

  function recount() {
    return run(['--campaign', slug, '--url', stack.url]);
  }

  function tableOf(room: string): string {
    const tables = stack.host.template.ofType('AWS::DynamoDB::Table').map(([id]) => id);
    return stack.host.template.nameOf(tables.find((id) => id.startsWith(`${room}Table`)) ?? '');
  }

  /** Somebody asked and confirmed three hours ago: two writes, so that the second one is told. */
  async function putSignature(sk: string): Promise<void> {
    const key = `${threeHoursAgo} confirmed`;
    const asked = {
      ...{ pk: `${slug}#signature#7f`, sk, version: 1, state: 'pending' },
      ...{ askedAt: threeHoursAgo, askedVersion: 1, history: {}, historyVersions: {} },
    } satisfies Action;
    const confirmed = {
      ...{ ...asked, version: 2, state: 'confirmed' },
      history: { [key]: { campaign: slug, country: 'KE' } },
      historyVersions: { [key]: 2 },
    } satisfies Action;
    for (const action of [asked, confirmed])
      await database.send(new PutItemCommand({ TableName: tableOf('Actions'), Item: marshall(action) }));
  }

  /** Past all counting. */
  async function add(sk: string, counters: Record<string, number>): Promise<void> {
    for (const [name, value] of Object.entries(counters)) {
      const update = {
        UpdateExpression: 'ADD #name :value',
        ExpressionAttributeNames: { '#name': name },
        ExpressionAttributeValues: marshall({ ':value': value }),
      };
      const item = { TableName: tableOf('Tallies'), Key: marshall(aTallyKey(slug, sk)) };
      await database.send(new UpdateItemCommand({ ...item, ...update }));
    }
  }

  async function remove(sk: string): Promise<void> {
    const Key = marshall(aTallyKey(slug, sk));
    await database.send(new DeleteItemCommand({ TableName: tableOf('Tallies'), Key }));
  }
});

/** The tool, as a process of its own. */
async function run(given: string[]) {
  const child = spawn(process.execPath, ['infra/tools/recount.ts', ...given], {
    cwd: join(import.meta.dirname, '../..'),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [said, warned, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  return { status, said, warned };
}
