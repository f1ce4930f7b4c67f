import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { toKey } from '../../functions/actions/action.ts';
import { hour, minute, noon } from '../support/a-campaign.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { someDetails } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let readSigners: typeof import('../../functions/actions/read.ts').readSigners;
let dynamo: typeof import('../../shared/aws/dynamo.ts').dynamo;

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  pointSdkTo(database.url, {
    ACTIONS_TABLE: 'Actions',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://groundswell.example.org',
  });
  store = await import('../../functions/actions/action-store.ts');
  ({ readSigners } = await import('../../functions/actions/read.ts'));
  ({ dynamo } = await import('../../shared/aws/dynamo.ts'));
});
afterEach(() => {
  vi.restoreAllMocks();
  database.failBy(undefined);
});
afterAll(() => database.stop());

describe('the names of signers', () => {
  test('are as each chose to be shown, in the order that was asked for', async () => {
    const ids = [
      await signed({ givenName: 'Amina', familyName: 'Otieno', display: 'name' }),
      await signed({ givenName: 'Zoë', familyName: "O'Neill", display: 'initials' }),
      await signed({ givenName: 'Nobody', familyName: 'Known', display: 'anonymous' }),
      await signed({ givenName: '小明', familyName: '王', display: 'name' }),
    ];
    expect(await readSigners(ids)).toEqual(['Amina Otieno', 'Z. O.', '王小明']);
    expect(await readSigners(ids.toReversed())).toEqual(['王小明', 'Z. O.', 'Amina Otieno']);
  });

  test.each([
    ['Arabic', 'محمد', 'حسن', 'م. ح.'],
    ['a letter with marks of its own', 'E\u0301lodie', 'Nguyễn', 'E\u0301. N.'],
    ['Hindi', 'क्षितिज', 'शर्मा', 'क्षि. श.'],
    ['letters beyond 16 bits', '𐐷ohn', '🙂 Lee', '𐐷. 🙂.'],
  ])('are initials as readers know letters: %s', async (_, givenName, familyName, initials) => {
    expect(await readSigners([await signed({ givenName, familyName, display: 'initials' })])).toEqual([
      initials,
    ]);
  });

  test('leave out at once who withdrew, had all erased, was found invalid, or wants to be shown no more', async () => {
    const [withdrawn, erased, invalid, hidden, staying] = (await Promise.all(
      Array.from({ length: 5 }, () => signed({ display: 'name' })),
    )) as [string, string, string, string, string];
    await store.withdrawAction(withdrawn, noon + hour);
    await store.eraseAction(erased, noon + hour);
    await store.invalidateAction(invalid, 'test', noon + hour);
    await aConfirmedAction(store, { display: 'anonymous' }, { id: hidden, at: noon + hour });
    expect(await readSigners([withdrawn, erased, invalid, hidden, staying])).toEqual(['Amina Otieno']);
  });

  test('are of what is confirmed, not of what was only asked', async () => {
    const [pending, changing] = [anActionId(), await signed({ display: 'initials' })];
    await store.askAction(pending, someDetails({ display: 'name' }), noon);
    await store.askAction(changing, someDetails({ givenName: 'Someone', display: 'name' }), noon + hour);
    expect(await readSigners([pending, changing, anActionId()])).toEqual(['A. O.']);
  });

  test('are none of nobody, without asking the database', async () => {
    expect(await callsOf(() => readSigners([]))).toEqual([]);
    expect(await readSigners([])).toEqual([]);
  });
});

describe('reading them', () => {
  test('takes one call, which asks for the names and for nothing else that was said', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, () => signed({ display: 'name' })));
    const [call, ...others] = await callsOf(() => readSigners(ids));
    expect(others).toEqual([]);
    expect(call).toMatchObject({ operation: 'BatchGetItem' });
    const { ProjectionExpression } = (call?.body as Asked | undefined)?.RequestItems['Actions'] ?? {};
    expect(ProjectionExpression?.split(', ')).toEqual([
      ...['#pk', '#sk', '#state'],
      ...['#current.#givenName', '#current.#familyName', '#current.#display'],
    ]);
  });

  test('asks once more for what the database had no capacity for', async () => {
    const [first, second] = [
      await signed({ givenName: 'First', display: 'name' }),
      await signed({ display: 'name' }),
    ];
    const answers = [await answerTo([first], [second]), await answerTo([second], [])];
    vi.spyOn(dynamo, 'send').mockImplementation(async () => answers.shift() as never);
    expect(await readSigners([first, second])).toEqual(['First Otieno', 'Amina Otieno']);
    expect(answers).toEqual([]);
  });

  test('fails rather than leaving out somebody whom the database has no capacity for, time and again', async () => {
    const id = await signed({ display: 'name' });
    const answer = await answerTo([], [id]);
    const sent = vi.spyOn(dynamo, 'send').mockImplementation(async () => answer as never);
    await expect(readSigners([id])).rejects.toThrow('no capacity');
    expect(sent).toHaveBeenCalledTimes(5);
  });
});

interface Asked {
  RequestItems: Record<string, { ProjectionExpression?: string }>;
}

function signed(details: Parameters<typeof someDetails>[0]): Promise<string> {
  return aConfirmedAction(store, details, { at: noon - minute });
}

async function callsOf(work: () => Promise<unknown>) {
  const calls: Array<{ operation: string; body: unknown }> = [];
  database.failBy((operation, body) => {
    calls.push({ operation, body });
    return undefined;
  });
  await work();
  database.failBy(undefined);
  return calls;
}

/** What DynamoDB answers that looked up some, and leaves the others for later. */
async function answerTo(found: string[], left: string[]) {
  const keys = (ids: string[]) => ids.map(toKey).map(({ pk, sk }) => ({ pk: { S: pk }, sk: { S: sk } }));
  const items = await Promise.all(
    keys(found).map(async (Key) => (await database.call('GetItem', { TableName: 'Actions', Key })).Item),
  );
  return {
    Responses: { Actions: items },
    ...(left.length > 0 && { UnprocessedKeys: { Actions: { Keys: keys(left) } } }),
  };
}
