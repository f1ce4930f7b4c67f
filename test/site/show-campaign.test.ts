import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { aCampaign, hour, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, type DatabaseFault, pointSdkTo } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { anApprovedLetter } from '../support/a-stored-letter.ts';
import { anAction, confirmed, someDetails } from '../support/an-action.ts';

const slug = 'mental-health-for-all';
const tables = ['Campaigns', 'Network', 'Targets', 'Tallies', 'Actions'];
let database: Database;
let show: typeof import('../../functions/site/show-campaign.http.ts').handler;

beforeAll(async () => {
  database = await aDatabase();
  for (const name of tables) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Letters', ['campaign', 'letter']);
  pointSdkTo(database.url, {
    SITE_URL: 'https://groundswell.example.org',
    LETTERS_TABLE: 'Letters',
    ...Object.fromEntries(tables.map((name) => [`${name.toUpperCase()}_TABLE`, name])),
  });
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign() });
  const organisation = { slug: 'other-org', name: 'Lantern Hill Forum', url: 'https://lantern.example.org/' };
  await database.put('Network', { pk: 'organisation', sk: 'other-org', ...organisation });
  await database.put('Letters', anApprovedLetter({ state: 'delivered' }));
  const current = someDetails({ display: 'initials' });
  await database.put('Actions', confirmed(anAction({ pk: `${slug}#signature#0a` }), { current }));
  const recent = { of: `${slug}~signature~`, shown: [['ChZx', 12, noon]], gone: [] };
  await database.put('Tallies', { pk: slug, sk: 'tally', ...theTally, recent });
  ({ handler: show } = await import('../../functions/site/show-campaign.http.ts'));
});
afterAll(() => {
  vi.useRealTimers();
  return database.stop();
});
/** What functions remember is out of date for each test. */
let at = noon;
beforeEach(() => {
  at += hour;
  vi.useFakeTimers({ now: at, toFake: ['Date'] });
});

const theTally = { version: 3, asOf: noon, rate: 0, pollAfter: 5, goals: [10], s: 1, 's@KE': 1 };
const parts = { signers: '<bdi>A. O.</bdi>', partners: 'Lantern Hill Forum', letters: 'It was delivered on' };

test('the page of a campaign shows its last signers, its partners and its letters, and may be kept for seconds', async () => {
  const { status, headers, body } = await get();
  expect([status, headers['cache-control']]).toEqual([200, expect.stringMatching(/^public, s-maxage=2,/)]);
  for (const part of Object.values(parts)) expect(body).toContain(part);
  expect(body).toContain(
    '<link rel="canonical" href="https://groundswell.example.org/c/mental-health-for-all?lang=en">',
  );
});

test.each([
  ['signers', 'BatchGetItem', 'Actions'],
  ['partners', 'GetItem', 'other-org'],
  ['letters', 'Query', 'Letters'],
] as const)(
  'a page without its %s is better than none, and the log says that they are missing',
  async (lost, call, of) => {
    const told = vi.spyOn(console, 'error').mockReturnValue();
    database.failBy((operation, body) =>
      operation === call && JSON.stringify(body).includes(of) ? down : undefined,
    );
    const { status, body } = await get();
    database.failBy(undefined);
    expect(status).toBe(200);
    for (const [part, text] of Object.entries(parts)) expect(body.includes(text)).toBe(part !== lost);
    expect(told).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ campaign: slug, reason: lost, errorName: 'InternalServerError' }),
    );
    told.mockRestore();
  },
);

const down: DatabaseFault = {
  name: 'InternalServerError',
  status: 500,
  message: 'Down',
  when: 'before',
};

test('a page reads its tally once, and waits for nothing that it could read at the same time', async () => {
  const calls: string[] = [];
  let release = () => {};
  const together = new Promise<void>((resolve) => {
    release = resolve;
  });
  // The campaign is answered only when all that needs nothing of it has been asked for.
  database.failBy(async (operation, body) => {
    const { TableName = Object.keys((body as Asked).RequestItems ?? {}).join() } = body as Asked;
    calls.push(`${operation} ${TableName}`);
    if (['GetItem Tallies', 'Query Letters'].every((call) => calls.includes(call))) release();
    if (TableName === 'Campaigns') await together;
    return undefined;
  });
  const { status } = await get();
  database.failBy(undefined);
  expect(status).toBe(200);
  expect(calls.filter((call) => call === 'GetItem Tallies')).toHaveLength(1);
});

interface Asked {
  TableName?: string;
  RequestItems?: object;
}

test('a link may name the form that is shown first, and whom it comes from if the campaign knows them', async () => {
  const { body } = await get({ kind: 'pledge', partner: 'other-org', source: 'unheard-of' });
  expect(body).toMatch(/<groundswell-action[^>]* kind="pledge signature" partner="other-org">/);
});

test('a campaign that is not there is said to be missing', async () => {
  const { status, body } = await get({}, 'nowhere');
  expect(status).toBe(404);
  expect(body).toContain('This page does not exist');
});

function get(query: Record<string, string> = {}, asked = slug) {
  return aGetAt(show, `/c/${asked}`, { path: { slug: asked }, query });
}
