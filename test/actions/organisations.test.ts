import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Details } from '../../functions/actions/action.ts';
import { PledgingOrganisations } from '../../functions/actions/organisation-request.ts';
import { aCampaign, day, hour, noon } from '../support/a-campaign.ts';
import { aConfirmedAction } from '../support/a-confirmed-action.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aGet } from '../support/a-get.ts';
import { aStoredPledge, aStoredSupport } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let verifyAction: typeof import('../../functions/actions/verify-store.ts').verifyAction;
let handler: typeof import('../../functions/actions/list-organisations.ts').handler;
let read: typeof import('../../functions/actions/read.ts');

beforeAll(async () => {
  database = await aDatabase();
  await database.createTable('Actions', ['pk', 'sk']);
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  pointSdkTo(database.url, {
    ACTIONS_TABLE: 'Actions',
    CAMPAIGNS_TABLE: 'Campaigns',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://groundswell.example.org',
  });
  store = await import('../../functions/actions/action-store.ts');
  ({ verifyAction } = await import('../../functions/actions/verify-store.ts'));
  ({ handler } = await import('../../functions/actions/list-organisations.ts'));
  read = await import('../../functions/actions/read.ts');
});
/** Each test has a campaign of its own, and time goes on. */
let root = '';
let at = noon;
beforeEach(async () => {
  at += day;
  root = `root-${at}`;
  vi.setSystemTime(at);
  for (const campaign of [
    aCampaign({ slug: root }),
    aCampaign({ slug: `${root}-a`, partOf: root }),
    aCampaign({ slug: `${root}-b`, partOf: root }),
  ])
    await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
});
afterEach(() => database.failBy(undefined));
afterAll(() => database.stop());

describe('the organisations that have pledged', () => {
  test('are shown by name, country and promise, those verified last first, and nothing of who spoke for them', async () => {
    await verified('Open Minds', { note: 'Amina signs for us', interval: 'monthly' });
    await verified('Lantern Hill', aStoredSupport({ atLeast: 100 }), { country: 'FR' });
    const { status, headers, body, json } = await ask();
    expect([status, headers['cache-control']]).toEqual([200, expect.stringMatching(/^public, s-maxage=10,/)]);
    expect(PledgingOrganisations.parse(json())).toEqual({
      campaign: root,
      total: 2,
      organisations: [
        { name: 'Lantern Hill', country: 'FR', atLeast: 100, verifiedAt: iso(at - hour + 2_000) },
        {
          name: 'Open Minds',
          country: 'KE',
          amount: 2_500,
          currency: 'EUR',
          interval: 'monthly',
          verifiedAt: iso(at - hour + 1_000),
        },
      ],
      cursor: null,
    });
    expect(body).not.toMatch(/Amina|Otieno|amina|~/);
  });

  test('are not shown before they are verified, and never when they are persons', async () => {
    await waiting('Open Minds');
    const id = await confirmed({ pledge: aStoredPledge({ toVerify: true }) });
    await verify(id);
    expect(await namesIn(root)).toEqual([]);
  });

  test.each([
    ['withdrew', (id: string) => store.withdrawAction(id, at)],
    ['had all erased', (id: string) => store.eraseAction(id, at)],
    ['was found invalid', (id: string) => store.invalidateAction(id, 'test', at)],
    ['changed what it pledges, until that is verified', (id: string) => changed(id)],
  ])('leave out at once one that %s', async (_, leaves) => {
    const id = await verified('Open Minds');
    await verified('Lantern Hill');
    await leaves(id);
    expect([await namesIn(root), (await ask()).json().total]).toEqual([['Lantern Hill'], 1]);
  });

  test('have one that was verified again once, as it is now', async () => {
    const id = await verified('Open Minds');
    await verified('Lantern Hill');
    await changed(id);
    await verify(id);
    const { organisations, total } = (await ask()).json();
    expect(organisations).toMatchObject([{ name: 'Open Minds', amount: 9_000 }, { name: 'Lantern Hill' }]);
    expect(total).toBe(2);
  });

  test('are those of its chapters in a root, and in each chapter its own', async () => {
    const [a, b] = [`${root}-a`, `${root}-b`];
    await verified('Here', {}, { campaign: a });
    const both = await waiting('In both', {}, { campaign: a });
    await confirmed({ campaign: b, pledge: organisation('In both') }, both);
    await verify(both);
    await verified('At large');
    expect([await namesIn(a), await namesIn(b), await namesIn(root)]).toEqual([
      ['In both', 'Here'],
      ['In both'],
      ['At large', 'In both', 'Here'],
    ]);
  });
});

describe('their pages', () => {
  test.each([1, 3, 7, 100])('of %i have each once, and none that has left', async (limit) => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, each) => waiting(`Number ${each}`)));
    for (const id of ids) await verify(id);
    for (const each of [0, 4, 9]) await store.withdrawAction(ids[each] ?? '', at);
    const pages = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = { limit: String(limit), ...(cursor && { cursor }) };
      const page: PledgingOrganisations = (await ask(root, query)).json();
      expect([page.total, page.organisations.length <= limit]).toEqual([7, true]);
      pages.push(page.organisations.map(({ name }) => name));
      cursor = page.cursor;
    } while (cursor);
    expect(pages.flat()).toEqual([8, 7, 6, 5, 3, 2, 1].map((each) => `Number ${each}`));
    expect(pages).toHaveLength(Math.ceil(7 / limit));
  });

  test('go on beyond as many as can be looked up at once', async () => {
    const ids = await Promise.all(Array.from({ length: 120 }, (_, each) => waiting(`Number ${each}`)));
    for (const id of ids) await verify(id);
    const first: PledgingOrganisations = (await ask(root, { limit: '100' })).json();
    expect([first.total, first.organisations.length]).toEqual([120, 100]);
    const { organisations, cursor } = (await ask(root, { cursor: first.cursor ?? '' })).json();
    expect([organisations.length, cursor]).toEqual([20, null]);
    expect(await read.readOrganisations(root, 'pledge', 20, at)).toMatchObject({
      total: 120,
      organisations: { length: 20 },
    });
  });

  test.each([
    [{ limit: '0' }, '/limit', 'too-small'],
    [{ limit: '101' }, '/limit', 'too-big'],
    [{ cursor: 'nonsense' }, '/cursor', 'invalid-cursor'],
    [{ cursor: Buffer.from('x~y').toString('base64url') }, '/cursor', 'invalid-cursor'],
    [{ lang: 'en' }, '/lang', 'unknown-field'],
  ])('are refused when %j is asked for', async (query, pointer, code) => {
    const { status, json } = await ask(root, query as unknown as Record<string, string>);
    expect([status, json().errors]).toMatchObject([422, [{ pointer, code }]]);
  });
});

test('there are none of a campaign that is not public', async () => {
  const draft = aCampaign({ slug: `${root}-draft`, status: 'draft' });
  await database.put('Campaigns', { pk: 'campaign', sk: draft.slug, ...draft });
  for (const slug of [draft.slug, 'no-such-campaign']) expect((await ask(slug)).status).toBe(404);
});

test('that one is listed is no news of an action', async () => {
  const id = await verified('Open Minds');
  const { toPlace } = await import('../../functions/actions/organisation-place.ts');
  const { toKey } = await import('../../functions/actions/action.ts');
  expect(read.actionNews(undefined, toPlace(root, 'pledge', toKey(id), at))).toEqual([]);
});

type Pledge = NonNullable<Details['pledge']>;

function organisation(name: string, pledge: Partial<Pledge> = {}): Pledge {
  const promise = 'atLeast' in pledge ? pledge : aStoredPledge(pledge);
  return { ...promise, pledger: { type: 'organisation', name }, toVerify: true };
}

/** Three hours ago; with an id, again an hour later. */
function confirmed(details: Partial<Details>, id?: string): Promise<string> {
  const then = id ? { id, at: at - 2 * hour } : { at: at - 3 * hour };
  return aConfirmedAction(store, { campaign: root, ...details }, { root, ...then });
}

function waiting(name: string, pledge: Partial<Pledge> = {}, details: Partial<Details> = {}) {
  return confirmed({ ...details, pledge: organisation(name, pledge) });
}

function changed(id: string): Promise<string> {
  return confirmed({ pledge: organisation('Open Minds', { amount: 9_000 }) }, id);
}

async function verified(...said: Parameters<typeof waiting>): Promise<string> {
  const id = await waiting(...said);
  await verify(id);
  return id;
}

/** Each a second after the one before, an hour ago. */
let seconds = 0;
beforeEach(() => {
  seconds = 0;
});

async function verify(id: string): Promise<void> {
  seconds += 1;
  const action = await store.getAction(id);
  const done = action && (await verifyAction(action, at - hour + 1_000 * seconds));
  if (!done) throw new Error('It was not verified');
}

function ask(slug = root, query: Record<string, string> = {}) {
  return aGet(handler, { slug, query });
}

async function namesIn(slug: string): Promise<string[]> {
  const { organisations }: PledgingOrganisations = (await ask(slug)).json();
  return organisations.map(({ name }) => name);
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
