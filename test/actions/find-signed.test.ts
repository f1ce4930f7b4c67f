import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Details } from '../../functions/actions/action.ts';
import { hour, noon } from '../support/a-campaign.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aStoredPledge, someDetails } from '../support/an-action.ts';

const waiting = { pledge: aStoredPledge({ toVerify: true }) };

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let readIsSigned: typeof import('../../functions/actions/read.ts').readIsSigned;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  pointSdkTo(database.url, { ACTIONS_TABLE: 'Actions', SITE_URL: 'https://example.org' });
  store = await import('../../functions/actions/action-store.ts');
  ({ readIsSigned } = await import('../../functions/actions/read.ts'));
});
beforeEach(() => {
  vi.setSystemTime(noon);
  database.failBy(undefined);
});
afterAll(async () => {
  vi.useRealTimers();
  await database.stop();
});

const isSigned = (root: string, slug = root) =>
  readIsSigned(slug === root ? { slug } : { slug, partOf: root });
const confirm = (root: string, details: Partial<Details>, id?: string, at = noon) =>
  aConfirmedAction(store, { campaign: root, ...details }, { root, at, ...(id && { id }) });

test.each<[string, Partial<Details>]>([
  ['a signature', {}],
  ['a pledge that waits to be verified', waiting],
])('a campaign is signed once %s is confirmed there, whatever becomes of it', async (name, details) => {
  const root = name.replaceAll(' ', '-');
  const id = await confirm(root, details);
  expect(await isSigned(root)).toBe(true);
  await store.withdrawAction(id, noon + hour);
  expect(await isSigned(root)).toBe(true);
  await store.eraseAction(id, noon + 2 * hour);
  expect(await isSigned(root)).toBe(true);
});

test('what was only asked is no signature, nor when that was erased', async () => {
  const erased = anActionId('asked');
  await store.askAction(erased, someDetails({ campaign: 'asked' }), noon);
  await store.eraseAction(erased, noon + hour);
  await store.askAction(anActionId('asked'), someDetails({ campaign: 'asked' }), noon);
  expect(await isSigned('asked')).toBe(false);
});

test('of a root and its chapters, those are signed in which something was said', async () => {
  const id = await confirm('root', { campaign: 'chapter' });
  await confirm('root', { campaign: 'sister', ...waiting });
  expect(await isSigned('root', 'chapter')).toBe(true);
  expect(await isSigned('root', 'sister')).toBe(true);
  expect(await isSigned('root')).toBe(false);
  await confirm('root', { campaign: 'joined' }, id, noon + hour);
  await store.eraseAction(id, noon + 2 * hour);
  expect(await isSigned('root', 'chapter')).toBe(true);
  expect(await isSigned('root', 'joined')).toBe(true);
});

test('what waited and was erased may have been said in any of them', async () => {
  const id = await confirm('unknown', { campaign: 'unknown-chapter', ...waiting });
  await store.eraseAction(id, noon + hour);
  expect(await isSigned('unknown')).toBe(true);
  expect(await isSigned('unknown', 'unknown-chapter')).toBe(true);
});

test('all that is stored at the moment is looked at, and nothing of a person is read', async () => {
  const queries: Record<string, unknown>[] = [];
  database.failBy((_, body) => {
    queries.push(body as Record<string, unknown>);
    return undefined;
  });
  expect(await isSigned('nobodys')).toBe(false);
  expect(queries).toHaveLength(768);
  expect(queries.every(({ ConsistentRead }) => ConsistentRead === true)).toBe(true);
  expect(queries[0]).toMatchObject({
    ProjectionExpression: '#history, #current.#campaign, #current.#joined',
  });
});

test('where it takes too long to look at all of it, it is not said that nobody has signed', async () => {
  database.failBy(() => {
    vi.setSystemTime(Date.now() + 10);
    return undefined;
  });
  await expect(isSigned('endless')).rejects.toMatchObject({ code: 'try-again-later' });
});

test('nor is it said that it takes too long once all of it has been looked at', async () => {
  let queries = 0;
  database.failBy(() => {
    queries += 1;
    if (queries === 768) vi.setSystemTime(noon + hour);
    return undefined;
  });
  expect(await isSigned('just-in-time')).toBe(false);
});
