import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Details } from '../../functions/actions/action.ts';
import { changesOf, countEvents } from '../../functions/actions/count-history.ts';
import type { Campaign } from '../../functions/campaigns/read.ts';
import { aCampaign, day, hour, minute, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { aConfirmedAction, anActionId } from '../support/a-confirmed-action.ts';
import type { Database } from '../support/a-database.ts';
import { aStoredPledge, aStoredSupport, someDetails } from '../support/an-action.ts';

let database: Database;
let store: typeof import('../../functions/actions/action-store.ts');
let verify: typeof import('../../functions/actions/verify-actions.ts');
let VerificationAnswer: typeof import('../../functions/actions/verification-request.ts').VerificationAnswer;
let list: typeof import('../../functions/actions/list-actions.http.ts');
const logged = vi.spyOn(console, 'info').mockReturnValue();

beforeAll(async () => {
  vi.setSystemTime(noon + day);
  database = await aDatabaseWithCampaigners();
  store = await import('../../functions/actions/action-store.ts');
  verify = await import('../../functions/actions/verify-actions.ts');
  ({ VerificationAnswer } = await import('../../functions/actions/verification-request.ts'));
  list = await import('../../functions/actions/list-actions.http.ts');
});
afterEach(() => database.failBy(undefined));
afterAll(() => database.stop());

const organisation = { type: 'organisation', name: 'Open Minds' } as const;
const counted = { kind: 'pledge', country: 'KE', pledge: { currency: 'EUR', amount: 2_500 } };

describe('verifying', () => {
  test('has a pledge count from then on, once; asking again changes nothing', async () => {
    const id = await waiting();
    expect(await eventsOf(id)).toEqual([]);
    const { status, body } = await ask([id]);
    expect([status, VerificationAnswer.parse(body)]).toEqual([200, { results: [is(id, 'verified')] }]);
    const before = await store.getAction(id);
    expect((await ask([id])).body).toEqual({ results: [is(id, 'verified-before')] });
    expect(await store.getAction(id)).toEqual(before);
    expect(await eventsOf(id)).toMatchObject([
      ['ActionConfirmed', { at: '2026-11-21T12:00:00.000Z', after: counted }],
    ]);
    expect(before?.current?.pledge).toMatchObject({ toVerify: false, verifiedAt: noon + day });
  });

  test('counts backing without money for no sum, and a pledge of a person like one of an organisation', async () => {
    const [backing, persons] = await Promise.all([
      waiting(aStoredSupport({ toVerify: true })),
      waiting({ pledger: { type: 'individual' } }),
    ]);
    expect(await statusesOf([backing, persons])).toEqual(['verified', 'verified']);
    const [[, { after }] = ['', {}]] = await eventsOf(backing);
    expect(after).toEqual({ campaign: 'root', root: 'root', kind: 'pledge', country: 'KE' });
    expect(await eventsOf(persons)).toMatchObject([['ActionConfirmed', { after: counted }]]);
  });

  test('counts what was withdrawn before not at all, and what is withdrawn after as withdrawn', async () => {
    const [before, after] = await Promise.all([waiting(), waiting()]);
    await store.withdrawAction(before, noon + hour);
    expect(await statusesOf([before, after])).toEqual(['not-counted', 'verified']);
    await store.withdrawAction(after, noon + 2 * day);
    expect([await namesOf(before), await namesOf(after)]).toEqual([
      [],
      ['ActionConfirmed', 'ActionWithdrawn'],
    ]);
  });

  test('leaves alone what needs none: a signature, and a pledge within the limit', async () => {
    const ids = await Promise.all([
      aConfirmedAction(store),
      aConfirmedAction(store, { pledge: aStoredPledge() }),
    ]);
    expect(await statusesOf(ids)).toEqual(['not-to-verify', 'not-to-verify']);
  });

  test('is over when the supporter changes the pledge: what was said last does not count before it is verified, too', async () => {
    const id = await waiting();
    await ask([id]);
    const pledge = aStoredPledge({ amount: 9_000, pledger: organisation, toVerify: true });
    await aConfirmedAction(store, { pledge }, { id, at: noon + 2 * day });
    expect(await namesOf(id)).toEqual(['ActionConfirmed', 'ActionWithdrawn']);
    vi.setSystemTime(noon + 3 * day);
    expect(await statusesOf([id])).toEqual(['verified']);
    vi.setSystemTime(noon + day);
    const [, , [name, { after }] = ['', {}]] = await eventsOf(id);
    expect([name, after]).toMatchObject(['ActionConfirmed', { pledge: { amount: 9_000 } }]);
  });

  test('is over when the pledge becomes one that needs none, which counts at once', async () => {
    const id = await waiting();
    await ask([id]);
    await aConfirmedAction(store, { pledge: aStoredPledge({ amount: 100 }) }, { id, at: noon + 2 * day });
    expect(await namesOf(id)).toEqual(['ActionConfirmed', 'ActionChanged']);
  });

  test('counts a pledge in each chapter that it was made in', async () => {
    const id = await waiting({}, 'chapter');
    const pledge = aStoredPledge({ pledger: organisation, toVerify: true });
    await aConfirmedAction(store, { campaign: 'sister', pledge }, { id, at: noon + hour });
    expect(await statusesOf([id], 'chapter-organiser', 'chapter')).toEqual(['verified']);
    expect(await eventsOf(id)).toMatchObject([
      ['ActionConfirmed', { after: { campaign: 'sister', joined: [{ campaign: 'chapter' }] } }],
    ]);
    expect((await placesOf(id)).map(({ pk }) => pk).sort()).toEqual([
      'chapter#organisations',
      'root#organisations',
      'sister#organisations',
    ]);
  });

  test("lists an organisation's pledge by its id and nothing else, and a person's not at all", async () => {
    const [organisations, persons] = await Promise.all([
      waiting(),
      waiting({ pledger: { type: 'individual' } }),
    ]);
    await ask([organisations, persons]);
    const [place, ...more] = await placesOf(organisations);
    expect([Object.keys(place ?? {}).sort(), more]).toEqual([['action', 'pk', 'sk'], []]);
    expect(await placesOf(persons)).toEqual([]);
  });
});

describe('what was read before', () => {
  test('is verified only as it was read', async () => {
    const [stays, changes] = await Promise.all([waiting(), waiting()]);
    const unchangedSince = new Date(noon).toISOString();
    const pledge = aStoredPledge({ amount: 9_000, toVerify: true });
    await aConfirmedAction(store, { pledge }, { id: changes, at: noon + minute });
    const { body } = await ask([stays, changes], { unchangedSince });
    expect(body.results).toEqual([is(stays, 'verified'), is(changes, 'changed')]);
    expect(await namesOf(changes)).toEqual([]);
  });

  test('is not verified when the campaign asks for something else since', async () => {
    const [stays, anew] = ['stays', 'anew'].map((slug) => aCampaign({ slug, partners: [] })) as [
      Campaign,
      Campaign,
    ];
    const askSince = new Date(noon + minute).toISOString();
    // An ask that is held has not changed.
    for (const campaign of [
      { ...stays, heldSince: askSince },
      { ...anew, askSince },
    ])
      await database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
    const [before, after] = [await waiting({}, 'anew', 'anew'), await waiting({}, 'stays', 'stays')];
    expect(await statusesOf([before], 'organiser', 'anew')).toEqual(['ask-changed']);
    expect(await statusesOf([after], 'organiser', 'stays')).toEqual(['verified']);
    const pledge = aStoredPledge({ pledger: organisation, toVerify: true });
    await aConfirmedAction(store, { campaign: 'anew', pledge }, { id: before, at: noon + hour });
    expect(await statusesOf([before], 'organiser', 'anew')).toEqual(['verified']);
  });

  test.each([
    ['is withdrawn', (id: string) => store.withdrawAction(id, noon + hour), 'not-counted'],
    ['is asked for anew', askAnew, 'verified'],
  ])('is decided again when it %s meanwhile', async (_, happens, status) => {
    const id = await waiting();
    await beforeWriting(() => happens(id));
    expect(await statusesOf([id])).toEqual([status]);
    const action = await store.getAction(id);
    const versions = action ? changesOf(action).map(({ version }) => version) : [];
    expect(new Set(versions).size).toBe(versions.length);
  });

  test('again and again changed, it fails, and can be asked for again', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const id = await waiting();
    let changes = 0;
    database.failBy(async (operation) => {
      if (operation !== 'TransactWriteItems') return undefined;
      changes += 1;
      await askAnew(id, noon + changes * 2 * minute);
      return undefined;
    });
    expect(await statusesOf([id])).toEqual(['failed']);
    database.failBy(undefined);
    // The SDK may send one of them twice, on a connection that was lost.
    expect(changes).toBeGreaterThanOrEqual(3);
    expect(await statusesOf([id])).toEqual(['verified']);
  });

  test('is verified once when the reply of the database is lost', async () => {
    const id = await waiting();
    let lost = 0;
    database.failBy((operation) =>
      operation === 'TransactWriteItems' && lost++ === 0
        ? { name: 'InternalServerError', status: 500, when: 'after' }
        : undefined,
    );
    expect(['verified', 'verified-before']).toContain((await statusesOf([id]))[0]);
    expect([await namesOf(id), (await placesOf(id)).length]).toEqual([['ActionConfirmed'], 1]);
  });
});

describe('the list of what waits', () => {
  test('names organisations, never a person, and leaves out what waits no longer', async () => {
    const [organisations, persons, withdrawn, verified] = (await Promise.all([
      waiting({ note: 'Ask for Amina' }, 'chapter'),
      waiting({ pledger: { type: 'individual' } }, 'chapter'),
      waiting({}, 'chapter'),
      waiting({}, 'chapter'),
    ])) as [string, string, string, string];
    await aConfirmedAction(store, { campaign: 'chapter', pledge: aStoredPledge() });
    await store.withdrawAction(withdrawn, noon + hour);
    await ask([verified]);
    const { body } = await callAs(list.handler, {
      slug: 'chapter',
      claims: claimsOf('chapter-organiser'),
      query: { toVerify: 'true', limit: '100' },
    });
    const found = new Map(body.actions.map((each: { action: string }) => [each.action, each]));
    expect([...found.keys()].sort()).toEqual([organisations, persons].sort());
    expect(found.get(organisations)).toMatchObject({
      pledge: { amount: 2_500, currency: 'EUR', interval: 'once', toVerify: true, pledger: organisation },
    });
    expect(JSON.stringify(found.get(persons))).not.toContain('pledger');
    expect(JSON.stringify(body)).not.toMatch(/Amina|amina|Otieno|Ask for/);
  });

  test.each(['pledge', 'endorsement'])('has no other end than that of a kind: %s', async (kind) => {
    const { body } = await callAs(list.handler, {
      slug: 'other',
      claims: claimsOf('outsider'),
      query: { toVerify: 'true', kind },
    });
    expect(body).toEqual({ actions: [], cursor: null });
  });

  test('goes on with endorsements after all of the pledges', async () => {
    const [slug, claims] = ['other', claimsOf('outsider')];
    const first = await callAs(list.handler, { slug, claims, query: { toVerify: 'true' } });
    const { cursor } = first.body;
    const rest = await callAs(list.handler, { slug, claims, query: { toVerify: 'true', cursor } });
    expect([first.body.actions, cursor, rest.body]).toEqual([
      [],
      expect.any(String),
      { actions: [], cursor: null },
    ]);
  });
});

test('what is not of the campaign is unknown, and stays as it is', async () => {
  const [others, sisters] = await Promise.all([waiting({}, 'other', 'other'), waiting({}, 'sister')]);
  const pending = anActionId('root', 'pledge');
  await store.askAction(pending, someDetails({ campaign: 'root', pledge: aStoredPledge() }), noon);
  const ids = [others, pending, anActionId('root', 'pledge'), 'root~pledge~', 'root~voice~0aXk'];
  expect(await statusesOf(ids)).toEqual(ids.map(() => 'unknown'));
  expect(await statusesOf([sisters], 'chapter-organiser', 'chapter')).toEqual(['unknown']);
  expect([await namesOf(others), await namesOf(sisters)]).toEqual([[], []]);
});

test('a hundred pledges are verified at once', async () => {
  const ids = await Promise.all(Array.from({ length: 100 }, () => waiting()));
  expect(await statusesOf(ids)).toEqual(ids.map(() => 'verified'));
});

test('who asked, for what and why stands in the log of the campaign; what is logged beside it names nobody', async () => {
  logged.mockClear();
  const id = await waiting({}, 'other', 'other');
  await ask([id], { reason: 'Called its board' }, 'outsider', 'other');
  const { Items = [] } = await database.call('Scan', { TableName: 'Audit' });
  const entries = Items.map((item: Parameters<typeof unmarshall>[0]) => unmarshall(item));
  expect(entries.filter(({ thing }: Record<string, unknown>) => thing === 'campaign:other')).toMatchObject([
    {
      verb: 'verifyActions',
      by: { subject: 'subject-of-outsider', email: 'outsider@example.org' },
      changes: { actions: { after: [id] } },
      reason: 'Called its board',
    },
  ]);
  expect(logged.mock.calls).toEqual([
    [{ message: 'actions were verified', campaign: 'other', member: 'subject-of-outsider', count: 1 }],
  ]);
});

test('nothing is verified when the log cannot be written', async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  const id = await waiting();
  database.failBy((operation) =>
    operation === 'PutItem' ? { name: 'InternalServerError', status: 500, when: 'before' } : undefined,
  );
  expect((await ask([id])).status).toBe(503);
  database.failBy(undefined);
  expect(await namesOf(id)).toEqual([]);
});

test.each<[string, object, string, string]>([
  ['none', { actions: [] }, '/actions', 'too-small'],
  ['one twice', { actions: ['a', 'a'] }, '/actions/1', 'repeated'],
  ['as they were at no time', { actions: ['a'], unchangedSince: 'now' }, '/unchangedSince', 'invalid-format'],
  ['without words for why', { actions: ['a'], reason: ' ' }, '/reason', 'too-small'],
  ['with another field', { actions: ['a'], amount: 1 }, '/amount', 'unknown-field'],
])('verifying %s is refused', async (_, body, pointer, code) => {
  const answer = await callAs(verify.handler, { slug: 'root', claims: claimsOf('organiser'), body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toMatchObject([{ pointer, code }]);
});

function waiting(
  pledge: Partial<NonNullable<Details['pledge']>> = {},
  campaign = 'root',
  root = 'root',
): Promise<string> {
  const stored = 'amount' in pledge || !('toVerify' in pledge) ? aStoredPledge(pledge) : pledge;
  const said = {
    pledger: organisation,
    ...stored,
    ...('pledger' in pledge ? {} : { pledger: organisation }),
  };
  return aConfirmedAction(store, { campaign, pledge: { ...said, toVerify: true } }, { root });
}

function ask(actions: string[], more: object = {}, name = 'organiser', slug = 'root') {
  return callAs(verify.handler, { slug, claims: claimsOf(name), body: { actions, ...more } });
}

async function statusesOf(actions: string[], name?: string, slug?: string): Promise<string[]> {
  const { body } = await ask(actions, {}, name, slug);
  return body.results.map(({ status }: { status: string }) => status);
}

function is(action: string, status: string) {
  return { action, status };
}

async function askAnew(id: string, at = noon + hour): Promise<void> {
  const pledge = aStoredPledge({ amount: 9_000, pledger: organisation, toVerify: true });
  await store.askAction(id, someDetails({ campaign: 'root', pledge }), at);
}

/** Has something happen once, after the pledge was read and before it is written. */
async function beforeWriting(happen: () => Promise<unknown>): Promise<void> {
  let happening: Promise<unknown> | undefined;
  database.failBy(async (operation) => {
    if (operation !== 'TransactWriteItems' || happening) return undefined;
    happening = happen();
    await happening;
    return undefined;
  });
}

async function eventsOf(id: string): Promise<Array<[string, Record<string, unknown>]>> {
  const action = await store.getAction(id);
  const events = action ? countEvents(action) : [];
  return events.map(({ name, detail }) => [name, detail as Record<string, unknown>]);
}

async function namesOf(id: string): Promise<string[]> {
  return (await eventsOf(id)).map(([name]) => name);
}

/** Where an action is listed. */
async function placesOf(id: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await database.call('Scan', {
    TableName: 'Actions',
    FilterExpression: '#action = :id',
    ExpressionAttributeNames: { '#action': 'action' },
    ExpressionAttributeValues: { ':id': { S: id } },
  });
  return Items.map((item: Parameters<typeof unmarshall>[0]) => unmarshall(item));
}
