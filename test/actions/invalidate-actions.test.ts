import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Details } from '../../functions/actions/action.ts';
import { countEvents } from '../../functions/actions/count-history.ts';
import { InvalidationAnswer } from '../../functions/actions/invalidate-actions.ts';
import { day, hour, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { aStoredPledge, someDetails } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let invalidate: typeof import('../../functions/actions/invalidate-actions.http.ts');
const logged = vi.spyOn(console, 'info').mockReturnValue();

beforeAll(async () => {
  vi.setSystemTime(noon + day);
  database = await aDatabaseWithCampaigners();
  store = await import('../../functions/actions/action-store.ts');
  invalidate = await import('../../functions/actions/invalidate-actions.http.ts');
});
afterEach(() => database.failBy(undefined));
afterAll(() => database.stop());

describe('invalidating', () => {
  test('takes each action back once, for its reason; asking again changes nothing', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => confirmed()));
    const { status, body } = await ask(ids);
    expect([status, InvalidationAnswer.parse(body)]).toEqual([200, { results: ids.map(is('invalidated')) }]);
    const before = await Promise.all(ids.map((id) => store.getAction(id)));
    expect((await ask(ids, 'automated')).body).toEqual({ results: ids.map(is('unchanged')) });
    expect(await Promise.all(ids.map((id) => store.getAction(id)))).toEqual(before);
    expect(before.map((action) => [action?.state, eventsOf(action).at(-1)])).toEqual(
      ids.map(() => ['invalidated', ['ActionInvalidated', 'test']]),
    );
  });

  test('takes a hundred at once, with the longest ids there are', async () => {
    const longest = Array.from({ length: 100 }, () => anActionId('r'.repeat(60)));
    expect((await ask(longest, 'impersonation')).status).toBe(200);
    const ids = await Promise.all(Array.from({ length: 100 }, () => confirmed()));
    expect((await ask(ids)).body).toEqual({ results: ids.map(is('invalidated')) });
  });

  test('twice at the same time is done by one of the two', async () => {
    const ids = await Promise.all([1, 2, 3].map(() => confirmed()));
    const both = await Promise.all([ask(ids), ask(ids)]);
    for (const at of ids.keys())
      expect(both.map(({ body }) => body.results[at].status).sort()).toEqual(['invalidated', 'unchanged']);
  });

  test('leaves what does not stand confirmed as it is', async () => {
    const [withdrawn, erased] = await Promise.all([confirmed(), confirmed()]);
    await store.withdrawAction(withdrawn, noon + hour);
    await store.eraseAction(erased, noon + hour);
    const ids = [withdrawn, erased];
    expect((await ask(ids)).body).toEqual({ results: ids.map(is('unchanged')) });
  });

  test('takes back a pledge that is yet to be verified, which changes no count', async () => {
    const id = await confirmed({ pledge: aStoredPledge({ toVerify: true }) });
    expect((await ask([id])).body).toEqual({ results: [{ action: id, status: 'invalidated' }] });
    const action = await store.getAction(id);
    expect([action?.state, eventsOf(action)]).toEqual(['invalidated', []]);
  });

  test('can be undone by the supporter, who signs again', async () => {
    const id = await confirmed();
    await ask([id]);
    await aConfirmedAction(store, {}, { id, at: noon + 2 * day });
    expect(await store.getAction(id)).toMatchObject({ state: 'confirmed' });
  });
});

describe('what is not of the campaign', () => {
  test.each([
    'root~signature~',
    'root~voice~0aXk',
    'root',
    '~~',
    'root~signature~a~b',
    'other~signature~0aXk',
  ])('is unknown when it is %j', async (id) => {
    expect((await ask([id])).body).toEqual({ results: [{ action: id, status: 'unknown' }] });
  });

  test('is unknown whether it is there or not, and stays as it is', async () => {
    const others = await confirmed({ campaign: 'other' }, 'other');
    const pending = anActionId();
    await store.askAction(pending, someDetails({ campaign: 'root' }), noon);
    const ids = [others, pending, anActionId('other'), anActionId()];
    const before = await Promise.all(ids.map((id) => store.getAction(id)));
    expect((await ask(ids)).body).toEqual({ results: ids.map(is('unknown')) });
    expect(await Promise.all(ids.map((id) => store.getAction(id)))).toEqual(before);
  });

  test("is unknown to a chapter when it is its root's or another chapter's; the root may take back what is of its chapters", async () => {
    const [its, sisters, roots] = await Promise.all(
      ['chapter', 'sister', 'root'].map((campaign) => confirmed({ campaign })),
    );
    const ids = [its, sisters, roots] as string[];
    const { body } = await ask(ids, 'test', 'chapter-organiser', 'chapter');
    expect(statusesOf(body)).toEqual(['invalidated', 'unknown', 'unknown']);
    expect((await store.getAction(sisters as string))?.state).toBe('confirmed');
    const again = await ask(ids, 'test', 'chapter-organiser', 'chapter');
    expect(statusesOf(again.body)).toEqual(['unchanged', 'unknown', 'unknown']);
    expect(statusesOf((await ask(ids)).body)).toEqual(['unchanged', 'invalidated', 'invalidated']);
  });

  test('is shared where a chapter was signed with another campaign of its root, whose campaigners alone may take it back', async () => {
    const shared = ['sister', 'root'].map(async (campaign) => {
      const id = await confirmed({ campaign });
      return aConfirmedAction(store, { campaign: 'chapter' }, { id, at: noon + hour });
    });
    const left = await confirmed({ campaign: 'chapter' });
    await aConfirmedAction(store, { campaign: 'sister' }, { id: left, at: noon + hour });
    const ids = [...(await Promise.all(shared)), left];
    const { body } = await ask(ids, 'test', 'chapter-organiser', 'chapter');
    expect(statusesOf(InvalidationAnswer.parse(body))).toEqual(['shared', 'shared', 'shared']);
    expect((await store.getAction(left))?.state).toBe('confirmed');
    expect(statusesOf((await ask(ids)).body)).toEqual(['invalidated', 'invalidated', 'invalidated']);
    const again = await ask(ids, 'test', 'chapter-organiser', 'chapter');
    expect(statusesOf(again.body)).toEqual(['unchanged', 'unchanged', 'unchanged']);
  });
});

describe('when the database fails', () => {
  test('what failed is said of each, the others are done, and asking again does the rest', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const ids = await Promise.all(Array.from({ length: 25 }, () => confirmed()));
    const struck = ids.filter((_, at) => at % 7 === 0);
    database.failBy((operation, body) =>
      operation === 'UpdateItem' && struck.some((id) => isOf(body, id))
        ? { name: 'ProvisionedThroughputExceededException', when: 'before' }
        : undefined,
    );
    const statuses = ids.map((id) => (struck.includes(id) ? 'failed' : 'invalidated'));
    expect(statusesOf((await ask(ids)).body)).toEqual(statuses);
    database.failBy(undefined);
    const rest = ids.map((id) => (struck.includes(id) ? 'invalidated' : 'unchanged'));
    expect(statusesOf((await ask(ids)).body)).toEqual(rest);
  });

  test('a write whose reply was lost is not made twice', async () => {
    const id = await confirmed();
    let lost = 0;
    database.failBy((operation) => {
      if (operation !== 'UpdateItem' || lost++ > 0) return undefined;
      return { name: 'InternalServerError', status: 500, when: 'after' };
    });
    expect(statusesOf((await ask([id])).body)).toEqual(['unchanged']);
    expect(eventsOf(await store.getAction(id)).map(([name]) => name)).toEqual([
      'ActionConfirmed',
      'ActionInvalidated',
    ]);
  });

  test('and takes too long, those that were not begun are said to have failed', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => confirmed()));
    database.failBy((operation) => {
      if (operation === 'UpdateItem') vi.setSystemTime(noon + day + 3_000);
      return undefined;
    });
    const statuses = statusesOf((await ask(ids)).body);
    vi.setSystemTime(noon + day);
    expect(statuses).toEqual([...Array(10).fill('invalidated'), 'failed', 'failed']);
  });
});

test('an invalidation is logged with who asked, why and how many there were, without an address', async () => {
  logged.mockClear();
  await ask([await confirmed(), anActionId()], 'duplicate');
  expect(logged.mock.calls).toEqual([
    [
      {
        message: 'actions were invalidated',
        campaign: 'root',
        member: 'subject-of-organiser',
        reason: 'duplicate',
        count: 1,
      },
    ],
  ]);
});

test.each<[string, object, string, string]>([
  ['none', { actions: [] }, '/actions', 'too-small'],
  ['101', { actions: Array.from({ length: 101 }, (_, at) => `a${at}`) }, '/actions', 'too-big'],
  ['one twice', { actions: ['a', 'b', 'a'] }, '/actions/2', 'repeated'],
  ['what is no id', { actions: ['a', 7] }, '/actions/1', 'invalid-type'],
  ['no reason', { actions: ['a'], reason: undefined }, '/reason', 'required'],
  ['another reason', { actions: ['a'], reason: 'I do not like it' }, '/reason', 'invalid-value'],
  ['more than that', { actions: ['a'], note: 'x' }, '/note', 'unknown-field'],
])('asking for %s is refused', async (_, body, pointer, code) => {
  const answer = await callAs(invalidate.handler, {
    slug: 'root',
    claims: claimsOf('organiser'),
    body: { reason: 'test', ...body },
  });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toMatchObject([{ pointer, code }]);
});

function ask(actions: string[], reason = 'test', name = 'organiser', slug = 'root') {
  return callAs(invalidate.handler, { slug, claims: claimsOf(name), body: { actions, reason } });
}

function confirmed(details: Partial<Details> = {}, root = 'root'): Promise<string> {
  return aConfirmedAction(store, details, { root });
}

const is = (status: string) => (action: string) => ({ action, status });

function statusesOf({ results }: { results: { status: string }[] }): string[] {
  return results.map(({ status }) => status);
}

/** Names and reasons of what was told of an action. */
function eventsOf(action: Awaited<ReturnType<typeof store.getAction>>): unknown[][] {
  const events = action ? countEvents(action) : [];
  return events.map(({ name, detail }) => [name, (detail as { reason?: string }).reason]);
}

/** Is a call one that writes this action? */
function isOf(body: unknown, id: string): boolean {
  return JSON.stringify(body).includes(id.split('~')[2] ?? '');
}
