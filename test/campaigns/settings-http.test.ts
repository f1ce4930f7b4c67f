import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import type { CampaignSettings } from '../../functions/campaigns/campaign-settings.ts';
import { exampleSettings } from '../../functions/campaigns/settings-example.ts';
import type { CampaignState } from '../../functions/campaigns/settings-view.ts';
import seed from '../../infra/seed/campaigns/mental-health-for-all.json' with { type: 'json' };
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { aCampaign, aCampaignText, aConsent, aPledgeOffer, day, hour, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { type Handler, manage } from '../support/a-management-call.ts';

let database: Database;
let createHandler: Handler;
let getHandler: Handler;
let putHandler: Handler;
let noteHandler: Handler;
let stepHandler: Handler;
let listHandler: Handler;
let campaigns: typeof import('../../functions/campaigns/campaign-store.ts');
let view: typeof import('../../functions/campaigns/settings-view.ts');

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.setSystemTime(noon);
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  await database.createTable('Tallies', ['pk', 'sk']);
  pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies', SITE_URL: 'https://example.org' });
  for (const slug of ['demo-network', 'other-org', 'chapter-org'])
    await database.put('Network', { pk: 'organisation', sk: slug, slug, name: slug });
  const moment = { slug: 'world-mental-health-day', names: { en: 'World Mental Health Day' }, on: '10-10' };
  await database.put('Network', { pk: 'moment', sk: moment.slug, ...moment, changedAt: iso(noon) });
  ({ handler: createHandler } = await import('../../functions/campaigns/create-campaign.http.ts'));
  ({ handler: getHandler } = await import('../../functions/campaigns/get-settings.http.ts'));
  ({ handler: putHandler } = await import('../../functions/campaigns/put-settings.http.ts'));
  ({ handler: noteHandler } = await import('../../functions/campaigns/add-note.http.ts'));
  ({ handler: stepHandler } = await import('../../functions/campaigns/run-campaign.http.ts'));
  ({ handler: listHandler } = await import('../../functions/campaigns/list-owned.http.ts'));
  campaigns = await import('../../functions/campaigns/campaign-store.ts');
  view = await import('../../functions/campaigns/settings-view.ts');
});
let clock = noon;
beforeEach(() => {
  database.failBy(undefined);
  // What functions remember of campaigns is too old then.
  clock += hour;
  vi.setSystemTime(clock);
});
afterAll(async () => {
  vi.useRealTimers();
  await database.stop();
});

const iso = (at: number) => new Date(at).toISOString();
const ifMatch = (etag: string | undefined) => ({ headers: { ...(etag && { 'if-match': etag }) } });
const store = (campaign: Campaign) =>
  database.put('Campaigns', { pk: 'campaign', sk: campaign.slug, ...campaign });
const stored = async (slug: string) => (await campaigns.getStoredCampaign(slug)) as Campaign;
const settingsRoute = '/v1/campaigns/{slug}/settings';
const get = (slug: string, as?: string) =>
  manage(getHandler, { route: `GET ${settingsRoute}`, path: { slug }, ...(as && { as }) });
const put = (slug: string, body: unknown, etag?: string, as?: string) =>
  manage(putHandler, {
    route: `PUT ${settingsRoute}`,
    path: { slug },
    body,
    ...ifMatch(etag),
    ...(as && { as }),
  });
const step = (slug: string, name: string, etag?: string, body: unknown = {}) => {
  vi.setSystemTime(Date.now() + 1);
  const route = `POST /v1/campaigns/{slug}/${name}`;
  return manage(stepHandler, { route, path: { slug }, body, ...ifMatch(etag) });
};
const note = (slug: string, body: unknown, headers = {}) =>
  manage(noteHandler, { route: 'POST /v1/campaigns/{slug}/notes', path: { slug }, body, headers });
const create = (
  changes: Record<string, unknown>,
  call: { as?: string; headers?: Record<string, string> } = {},
) =>
  manage(createHandler, {
    route: 'POST /v1/campaigns',
    body: { organisation: 'demo-network', ...exampleSettings, ...changes },
    ...call,
  });
const list = (query: Record<string, string> = {}, as = 'viewer') =>
  manage(listHandler, {
    route: 'GET /v1/organisations/{organisation}/campaigns',
    path: { organisation: 'demo-network' },
    query,
    as,
  });
const errorsOf = ({ body }: { body: unknown }) =>
  (ProblemDocument.parse(body).errors ?? []).map(({ pointer, code }) => [pointer, code]);

/** The settings of a campaign as they are answered, with these changes. */
async function settingsOf(slug: string, changes: Partial<CampaignSettings> = {}) {
  return { ...(await get(slug)).body.settings, ...changes };
}

/** Entries of the log of a campaign, oldest first. */
async function logOf(slug: string): Promise<Record<string, unknown>[]> {
  const { Items } = (await database.call('Query', {
    TableName: 'Audit',
    KeyConditionExpression: 'thing = :thing',
    ExpressionAttributeValues: { ':thing': { S: `campaign:${slug}` } },
  })) as unknown as { Items: Record<string, never>[] };
  const { unmarshall } = await import('@aws-sdk/util-dynamodb');
  return Items.map((item) => unmarshall(item));
}

/** Something is counted for the campaign. */
const countOne = (slug: string) =>
  database.put('Tallies', {
    ...{ pk: slug, sk: 'tally', version: 1, asOf: noon, rate: 0, pollAfter: 5, goals: [10], s: 1 },
  });

describe('a new campaign', () => {
  test('is a draft of its organisation, with a salt of its own that nobody is told', async () => {
    const answer = await create({ slug: 'new-one', reason: 'Agreed in May' });
    expect(answer).toMatchObject({
      status: 201,
      etag: '"1"',
      headers: { location: '/v1/campaigns/new-one/settings' },
    });
    expect(view.CampaignState.parse(answer.body)).toEqual({
      campaign: 'new-one',
      status: 'draft',
      version: 1,
    });
    const { salt, ...campaign } = await stored('new-one');
    expect(Buffer.from(salt, 'base64url')).toHaveLength(32);
    expect(campaign).toMatchObject({
      owner: 'demo-network',
      partners: [],
      // Midnight in Nairobi.
      opensAt: '2030-10-09T21:00:00.000Z',
      consents: [{ id: 'privacy', versions: [{ version: 1, since: iso(clock) }] }],
    });
    const read = await get('new-one');
    expect(view.ManagedCampaign.parse(read.body)).toMatchObject({
      settings: exampleSettings,
      signed: false,
      opensAt: '2030-10-09T21:00:00.000Z',
    });
    const [entry, ...others] = await logOf('new-one');
    expect(entry).toMatchObject({
      verb: 'startCampaign',
      by: { email: 'organiser@example.org' },
      reason: 'Agreed in May',
      changes: { owner: { after: 'demo-network' } },
    });
    expect(others).toEqual([]);
    expect(read.text + JSON.stringify(entry)).not.toContain(salt);
  });

  test('takes no slug that is taken, and does not say by whom', async () => {
    const answer = await create({ slug: 'other' });
    expect([answer.status, answer.body.type]).toEqual([409, 'urn:groundswell:problem:conflict']);
    expect(answer.text).not.toContain('other-org');
    expect((await stored('other')).owner).toBe('other-org');
    expect(await logOf('other')).toEqual([]);
  });

  test.each([['managed'], ['moments'], ['Not a slug'], ['-']])('is not called %s', async (slug) => {
    expect(await create({ slug })).toMatchObject({ status: 422, body: { errors: [{ pointer: '/slug' }] } });
  });

  test.each([
    ['viewer', 403],
    ['reviewer', 403],
    ['organiser', 201],
    ['owner', 201],
    ['secretariat', 201],
    ['outsider', 404],
    ['stranger', 404],
  ])('is begun by %s with the answer %i', async (as, status) => {
    expect((await create({ slug: `by-${as}` }, { as })).status).toBe(status);
  });

  test('is of an organisation that there is', async () => {
    const answer = await create({ slug: 'of-nobody', organisation: 'nobody' }, { as: 'secretariat' });
    expect(errorsOf(answer)).toEqual([['/organisation', 'unknown-organisation']]);
  });

  test('belongs to a moment that there is, or to none', async () => {
    const answer = await create({ slug: 'of-no-moment', moment: 'doomsday' });
    expect(errorsOf(answer)).toEqual([['/moment', 'unknown-moment']]);
    expect((await create({ slug: 'of-a-moment', moment: 'world-mental-health-day' })).status).toBe(201);
    const settings = await settingsOf('of-a-moment', { moment: 'doomsday' });
    expect(errorsOf(await put('of-a-moment', settings))).toEqual([['/moment', 'unknown-moment']]);
  });

  test('is begun once however often it is asked for under one key', async () => {
    const asked = () => create({ slug: 'once' }, { headers: { 'idempotency-key': 'a-random-key' } });
    const first = await asked();
    expect(await asked()).toMatchObject({ status: 201, body: first.body, etag: first.etag });
    expect(await logOf('once')).toHaveLength(1);
  });

  test('may be a chapter of a campaign in which its author has a part, and of no chapter', async () => {
    const chapter = { slug: 'my-chapter', partOf: 'root' };
    expect((await create(chapter)).status).toBe(201);
    expect((await stored('my-chapter')).partOf).toBe('root');
    const nested = await create(
      { slug: 'nested', organisation: 'chapter-org', partOf: 'chapter' },
      { as: 'chapter-organiser' },
    );
    expect(errorsOf(nested)).toEqual([['/partOf', 'is-a-chapter']]);
    expect((await create({ slug: 'of-others', partOf: 'other' })).status).toBe(404);
    expect((await create({ slug: 'of-none', partOf: 'unheard-of' })).status).toBe(404);
  });

  test('names all that is wrong at once', async () => {
    const answer = await create({
      slug: 'wrong',
      opensAt: '2027-10-10T00:00Z',
      timeZone: 'Mars/Base',
      kinds: ['signature', 'signature'],
      consents: [{ id: 'news', required: false, texts: { en: ' ' } }],
      colour: 'green',
    });
    expect(errorsOf(answer).sort()).toEqual([
      ['/colour', 'unknown-field'],
      ['/consents', 'none-required'],
      ['/consents/0/texts/en', 'too-small'],
      ['/kinds', 'repeated'],
      ['/opensAt', 'invalid-format'],
      ['/timeZone', 'unknown-time-zone'],
    ]);
    expect(await campaigns.getStoredCampaign('wrong')).toBeUndefined();
  });

  test('closes after it opens, in times to come, and is written in its default language', async () => {
    const before = await create({ slug: 'wrong', opensAt: '2030-01-01T00:00', closesAt: '2030-01-01T00:00' });
    expect(errorsOf(before)).toEqual([['/closesAt', 'closes-before-opening']]);
    const past = await create({
      slug: 'wrong',
      opensAt: '2020-01-01T00:00',
      closesAt: '2026-11-20T00:00',
      defaultLanguage: 'fr',
    });
    expect(errorsOf(past)).toEqual([
      ['/texts/fr', 'required'],
      ['/closesAt', 'in-the-past'],
    ]);
    expect((await create({ slug: 'open-at-once', opensAt: '2020-01-01T00:00' })).status).toBe(201);
  });

  test('may be as large as ten languages make it; a body over 256 kB is refused, and told so', async () => {
    const long = { title: 'T', summary: 'S', text: 'ख'.repeat(6_000) };
    const texts = Object.fromEntries(
      ['en', 'fr', 'es', 'pt', 'ar', 'hi', 'zh', 'sw', 'ru', 'de'].map((l) => [l, long]),
    );
    expect((await create({ slug: 'long-one', texts })).status).toBe(201);
    const answer = await create({ slug: 'too-long', padding: 'x'.repeat(262_144) });
    expect([answer.status, answer.body.detail]).toEqual([413, 'The body is larger than 256 kB; send less.']);
  });
});

describe('the settings of a campaign', () => {
  test.each([
    ['viewer', 200, 403],
    ['reviewer', 200, 403],
    ['organiser', 200, 200],
    ['owner', 200, 200],
    ['secretariat', 200, 200],
    ['partner', 200, 403],
    ['outsider', 404, 404],
    ['stranger', 404, 404],
  ])('are read by %s with the answer %i, and changed with %i', async (as, reads, changes) => {
    const settings = await settingsOf('root');
    expect((await get('root', as)).status).toBe(reads);
    expect((await put('root', settings, undefined, as)).status).toBe(changes);
  });

  test('of the seeded campaign can be sent back as they are answered: nothing is written', async () => {
    await store({
      ...aCampaign(),
      ...(seed as unknown as Campaign),
      targets: { rules: [], ids: [], except: [] },
    });
    const before = await get(seed.slug);
    expect(view.ManagedCampaign.parse(before.body).settings).toMatchObject({ opensAt: '2026-10-10T00:00' });
    const after = await put(seed.slug, { ...before.body.settings, reason: 'Nothing' }, before.etag);
    expect([after.status, after.body, after.etag]).toEqual([200, before.body, '"0"']);
    expect(await logOf(seed.slug)).toEqual([]);
  });

  test('that are sent again with an old ETag are no conflict, for nothing differs', async () => {
    const { body } = await get('root');
    expect((await put('root', body.settings, '"of long ago"')).status).toBe(200);
  });

  test('keep a moment to the second that local time cannot tell apart', async () => {
    // The second of two times of that name, when clocks are put back.
    const second = '2030-10-27T01:30:00Z';
    await store(aCampaign({ slug: 'twice', opensAt: second, timeZone: 'Europe/London', status: 'draft' }));
    const answer = await put('twice', await settingsOf('twice', { sources: ['flyer'] }));
    expect([answer.status, answer.body.opensAt]).toEqual([200, second]);
  });

  test('are changed with an entry in the log of what differs, and with nothing else', async () => {
    await store(aCampaign({ slug: 'mine', status: 'draft' }));
    const { pledge: _, ...rest } = await settingsOf('mine');
    const settings = {
      ...rest,
      closesAt: '2031-01-01T00:00',
      timeZone: 'America/New_York',
      topics: ['funding'],
    };
    const answer = await put('mine', { ...settings, opensAt: '2026-10-10T00:00', reason: 'Funders agreed' });
    expect(answer).toMatchObject({
      status: 200,
      etag: '"1"',
      body: { closesAt: '2031-01-01T05:00:00.000Z' },
    });
    const [entry] = await logOf('mine');
    expect(entry).toMatchObject({
      verb: 'editCampaign',
      reason: 'Funders agreed',
      changes: {
        closesAt: { after: '2031-01-01T05:00:00.000Z' },
        opensAt: { before: '2026-10-10T00:00:00Z', after: '2026-10-10T04:00:00.000Z' },
        timeZone: { before: 'UTC', after: 'America/New_York' },
        topics: { before: [], after: ['funding'] },
        pledge: { before: expect.any(Object) },
      },
    });
    expect(Object.keys(entry?.['changes'] as object)).toHaveLength(5);
    expect(await stored('mine')).not.toHaveProperty('pledge');
    expect((await stored('mine')).salt).toBe('A'.repeat(43));
  });

  test('of a campaign at version 0 that was stored before versions were counted can be changed', async () => {
    const { version: _, ...old } = aCampaign({ slug: 'old' });
    await database.put('Campaigns', { pk: 'campaign', sk: 'old', ...old });
    expect(await put('old', await settingsOf('old', { sources: [] }), '"0"')).toMatchObject({
      status: 200,
      etag: '"1"',
    });
  });

  test('may leave letters out, and take them up again: without, it is a petition alone', async () => {
    await store(aCampaign({ slug: 'petition', status: 'draft' }));
    const { letters, ...petition } = await settingsOf('petition');
    expect((await put('petition', petition)).status).toBe(200);
    expect(await stored('petition')).not.toHaveProperty('letters');
    expect(await settingsOf('petition')).not.toHaveProperty('letters');
    expect((await put('petition', { ...petition, letters })).status).toBe(200);
    expect((await stored('petition')).letters).toEqual(letters);
    const changes = (await logOf('petition')).map((entry) => entry['changes']);
    expect(changes).toContainEqual({ letters: { before: letters } });
  });

  test('are not too large to keep, and the largest part is named', async () => {
    const versions = Array.from({ length: 170 }, (_, at) => ({
      ...{ version: at + 1, since: '2026-10-01T00:00:00Z', texts: { en: 'x'.repeat(2_000) } },
    }));
    await store(aCampaign({ slug: 'grown', consents: [aConsent({ versions })] }));
    const consents = [
      { id: 'privacy', required: true, texts: { en: 'y'.repeat(2_000), hi: 'ख'.repeat(2_000) } },
    ];
    const answer = await put('grown', await settingsOf('grown', { consents }));
    expect(errorsOf(answer)).toEqual([['/consents', 'too-large']]);
  });
});

test('a partner that has just joined is let in, though a function remembers the campaign without it', async () => {
  await store(aCampaign({ slug: 'joined', partners: [] }));
  expect((await get('joined', 'partner')).status).toBe(404);
  await store(aCampaign({ slug: 'joined', partners: ['partner-org'] }));
  vi.setSystemTime(clock + 1_000);
  expect((await get('joined', 'partner')).status).toBe(200);
});

describe('two who change a campaign at once', () => {
  test('lose nothing: the first one wins, and the second is told what changed', async () => {
    await store(aCampaign({ slug: 'shared', status: 'draft' }));
    const { etag, body } = await get('shared');
    expect(etag).toBe('"0"');
    await put('shared', { ...body.settings, topics: ['work'] }, etag);
    const theirs = await put(
      'shared',
      { ...body.settings, topics: ['work'], closesAt: '2030-01-01T00:00' },
      '"1"',
    );
    expect(theirs.status).toBe(200);

    const mine = await put('shared', { ...body.settings, sources: ['flyer'] }, etag);
    expect([mine.status, mine.body.type]).toEqual([412, 'urn:groundswell:problem:precondition-failed']);
    expect(ProblemDocument.parse(mine.body).errors).toEqual([
      { pointer: '/closesAt', code: 'changed-since', message: 'It is now: "2030-01-01T00:00:00.000Z"' },
      { pointer: '/topics', code: 'changed-since', message: 'It is now: ["work"]' },
    ]);
    expect(mine.text).not.toMatch(/organiser|salt/);
    const late = await put('shared', { ...body.settings, topics: ['work'] }, '"1"');
    expect(errorsOf(late)).toEqual([['/closesAt', 'changed-since']]);
    expect((await stored('shared')).sources).toEqual(['qr']);
  });

  test('are not told of a change when what they say to have seen is no version at all', async () => {
    await store(aCampaign({ slug: 'unread', status: 'draft', version: 3, changedIn: { topics: 3 } }));
    const answer = await put('unread', await settingsOf('unread', { topics: ['work'] }), 'foo');
    expect([answer.status, answer.body.detail]).toEqual([412, expect.stringMatching(/no version.*"3"/)]);
  });

  test('are told so, too, when the other one is faster between reading and writing', async () => {
    await store(aCampaign({ slug: 'raced', status: 'draft' }));
    const { etag, body } = await get('raced');
    let writes = 0;
    database.failBy(async (operation) => {
      if (operation !== 'TransactWriteItems') return undefined;
      writes += 1;
      if (writes === 1)
        await store(
          aCampaign({
            slug: 'raced',
            status: 'draft',
            topics: ['work'],
            version: 1,
            changedIn: { topics: 1 },
          }),
        );
      return undefined;
    });
    const answer = await put('raced', { ...body.settings, sources: [] }, etag);
    expect([answer.status, errorsOf(answer)]).toEqual([412, [['/topics', 'changed-since']]]);
    expect(await logOf('raced')).toEqual([]);
  });

  test('is not what a lost reply and the second attempt are', async () => {
    await store(aCampaign({ slug: 'lost', status: 'draft' }));
    const { etag, body } = await get('lost');
    let lost = false;
    database.failBy((operation) => {
      if (operation !== 'TransactWriteItems' || lost) return undefined;
      lost = true;
      return { name: 'ProvisionedThroughputExceededException', when: 'after' };
    });
    expect((await put('lost', { ...body.settings, sources: [] }, etag)).status).toBe(200);
    expect(await logOf('lost')).toHaveLength(1);
    expect((await stored('lost')).version).toBe(1);
  });
});

describe('what a campaign asks', () => {
  const text = (title: string) => ({
    title,
    summary: 'Governments should lead.',
    text: 'Stigma can be unlearned.',
  });

  test('stays once somebody has signed it; languages can be added, and notes explain', async () => {
    await store(aCampaign({ slug: 'signed' }));
    await countOne('signed');
    const { body } = await get('signed');
    expect(body.signed).toBe(true);
    const { texts, pledge } = body.settings;

    const answer = await put('signed', {
      ...body.settings,
      texts: { en: text('Something else') },
      kinds: ['signature'],
      pledge: { ...pledge, purpose: { en: 'Cars' } },
    });
    expect([answer.status, errorsOf(answer)]).toEqual([
      409,
      [
        ['/kinds', 'signed'],
        ['/pledge/purpose/en', 'signed'],
        ['/texts/en', 'signed'],
        ['/texts/fr', 'signed'],
      ],
    ]);
    expect(answer.body.detail).toMatch(/note/);

    const [privacy] = body.settings.consents;
    const more = {
      texts: { ...texts, de: text('Seelische Gesundheit') },
      consents: [{ ...privacy, texts: { ...privacy.texts, de: 'Zählt mich.' } }],
      pledge: {
        ...pledge,
        beneficiary: { ...pledge.beneficiary, de: 'Der Fonds' },
        purpose: { ...pledge.purpose, de: 'Schulen' },
      },
      milestones: { world: [500], country: [] },
    };
    expect((await put('signed', { ...body.settings, ...more })).status).toBe(200);
    const kinds = [...body.settings.kinds, 'endorsement'];
    expect((await put('signed', { ...body.settings, ...more, kinds })).status).toBe(200);
    expect(await stored('signed')).not.toHaveProperty('askSince');
  });

  test('takes no pledges without saying for whom and for what, once it is published', async () => {
    const { pledge: _, ...signedOnly } = aCampaign({ slug: 'no-offer', kinds: ['signature'] });
    await store(signedOnly);
    const answer = await put('no-offer', await settingsOf('no-offer', { kinds: ['signature', 'pledge'] }));
    expect([answer.status, errorsOf(answer)]).toEqual([422, [['/pledge', 'required']]]);
    await store({ ...signedOnly, status: 'draft' });
    const draft = await put('no-offer', await settingsOf('no-offer', { kinds: ['signature', 'pledge'] }));
    expect(draft.status).toBe(200);
  });

  test('of a draft changes without more ado', async () => {
    await store(aCampaign({ slug: 'draft', status: 'draft' }));
    const answer = await put('draft', await settingsOf('draft', { texts: { en: text('Better so') } }));
    expect([answer.status, answer.body.askSince]).toEqual([200, undefined]);
  });

  test('stays to the letter where its words are older than what words may be, when they are sent as they are', async () => {
    const old = aCampaign({
      slug: 'older',
      texts: { en: aCampaignText({ title: 'Mental\thealth', summary: 'In\ntwo', text: 'One\r\n\r\nTwo\n' }) },
      consents: [aConsent({ versions: [{ version: 1, since: iso(noon), texts: { en: 'Count me.\n' } }] })],
      pledge: aPledgeOffer({ purpose: { en: ' Schools' } }),
    });
    await store(old);
    await countOne('older');
    const settings = await settingsOf('older');
    // As they are, and as a form or a person may send them back.
    for (const sent of [
      settings,
      { ...settings, texts: { en: { ...old.texts.en, text: 'One\n\nTwo' } }, topics: ['work'] },
    ]) {
      const answer = await put('older', sent);
      expect([answer.status, answer.body.errors]).toEqual([200, undefined]);
    }
    const { texts, consents, pledge, topics } = await stored('older');
    expect([texts, consents, pledge, topics]).toEqual([old.texts, old.consents, old.pledge, ['work']]);
    const changed = { ...settings, texts: { en: { ...old.texts.en, title: 'Mental\thealth for all' } } };
    expect(errorsOf(await put('older', changed))).toEqual([['/texts/en/title', 'unsafe-characters']]);
  });

  test('is explained by dated notes, which stay, in the order in which they came', async () => {
    await store(aCampaign({ slug: 'noted' }));
    const first = await note('noted', { texts: { en: 'The plan is out.' }, reason: 'News' });
    expect(first).toMatchObject({
      status: 201,
      etag: '"1"',
      body: { note: { at: iso(clock), texts: { en: 'The plan is out.' } } },
    });
    vi.setSystemTime(clock + 1);
    expect((await note('noted', { texts: { fr: 'En français seulement' } })).status).toBe(422);
    await note('noted', { texts: { en: 'It is good.' } });
    expect((await get('noted')).body.notes).toEqual([
      { at: iso(clock), texts: { en: 'The plan is out.' } },
      { at: iso(clock + 1), texts: { en: 'It is good.' } },
    ]);
    expect(await logOf('noted')).toMatchObject([{ verb: 'editCampaign', reason: 'News' }, {}]);
  });

  test('has 50 notes at most, and one once under one key', async () => {
    const notes = Array.from({ length: 49 }, (_, at) => ({
      at: iso(noon + at),
      texts: { en: `Note ${at}` },
    }));
    await store(aCampaign({ slug: 'much-noted', notes }));
    const key = { 'idempotency-key': 'another-key' };
    const add = () => note('much-noted', { texts: { en: 'The last one' } }, key);
    const first = await add();
    vi.setSystemTime(clock + 5_000);
    expect(await add()).toMatchObject({ status: 201, body: first.body });
    expect((await stored('much-noted')).notes).toHaveLength(50);
    expect((await note('much-noted', { texts: { en: 'One too many' } })).status).toBe(409);
  });
});

describe('the consents of a campaign', () => {
  test('become new versions when their text changes, and stay behind when they are asked no more', async () => {
    const [en, retired] = ['Keep my details to count me (1).', '2026-11-01T00:00:00Z'];
    await store(
      aCampaign({
        ...{ slug: 'asking', texts: { en: aCampaignText() } },
        consents: [aConsent(), aConsent({ id: 'news', required: false })],
      }),
    );
    const consents = [
      { id: 'privacy', required: true, texts: { en: 'Count me.' } },
      { id: 'press', required: false, texts: { en: 'Show me.' } },
    ];
    const { body } = await put('asking', await settingsOf('asking', { consents }));
    expect(body.settings.consents).toEqual(consents);
    expect(body.consents).toMatchObject([
      {
        id: 'privacy',
        versions: [
          { version: 1, texts: { en } },
          { version: 2, since: iso(clock) },
        ],
      },
      { id: 'press', versions: [{ version: 1 }] },
      { id: 'news', retired: iso(clock), versions: [{ version: 1 }] },
    ]);
    const again = [...consents, { id: 'news', required: false, texts: { en } }];
    const { body: back } = await put('asking', await settingsOf('asking', { consents: again }));
    expect(back.consents[2]).toEqual({
      ...{ id: 'news', required: false },
      versions: [expect.objectContaining({ version: 1 }), { version: 2, since: iso(clock), texts: { en } }],
    });
    expect(retired < iso(clock)).toBe(true);
  });

  test('need one that is required, and those for partners are for partners', async () => {
    await store(aCampaign({ slug: 'for-partners' }));
    const texts = { en: 'May Other Org write to me?' };
    const none = await put(
      'for-partners',
      await settingsOf('for-partners', { consents: [{ id: 'news', required: false, texts }] }),
    );
    expect(errorsOf(none)).toEqual([['/consents', 'none-required']]);
    const [privacy] = (await settingsOf('for-partners')).consents;
    const wrong = [
      { ...privacy, partner: 'other-org' },
      { id: 'theirs', required: true, partner: 'other-org', texts },
      { id: 'nobodys', required: false, partner: 'nobody', texts },
      { id: 'further', required: true, texts },
    ];
    const answer = await put('for-partners', await settingsOf('for-partners', { consents: wrong }));
    expect(errorsOf(answer)).toEqual([
      ['/consents/0/partner', 'another-partner'],
      ['/consents/1/partner', 'partner-required'],
      ['/consents/2/partner', 'not-a-partner'],
    ]);
    const right = [privacy, { id: 'theirs', required: false, partner: 'other-org', texts }];
    expect((await put('for-partners', await settingsOf('for-partners', { consents: right }))).status).toBe(
      200,
    );
  });
});

describe('the times of a campaign', () => {
  const times = { opensAt: '2026-10-10T00:00', closesAt: '2027-01-01T00:00' };

  test('that is live: the end moves, not into the past, and the beginning stays', async () => {
    await store(aCampaign({ slug: 'live', closesAt: '2026-12-31T00:00:00Z' }));
    const later = await put('live', await settingsOf('live', times));
    expect([later.status, later.body.closesAt]).toEqual([200, '2027-01-01T00:00:00.000Z']);
    const past = await put('live', await settingsOf('live', { ...times, closesAt: '2026-11-01T00:00' }));
    expect(errorsOf(past)).toEqual([['/closesAt', 'in-the-past']]);
    const opening = await put('live', await settingsOf('live', { opensAt: '2026-12-10T00:00' }));
    expect([opening.status, opening.body.detail]).toEqual([409, expect.stringMatching(/opened already/)]);
  });

  test('that has opened: another zone is taken with the same moment, and the refusal says how to write it', async () => {
    await store(aCampaign({ slug: 'moved', opensAt: '2026-10-10T00:00:00Z' }));
    const moved = await put('moved', await settingsOf('moved', { timeZone: 'Africa/Nairobi' }));
    expect([moved.status, moved.body.detail]).toEqual([409, expect.stringMatching(/2026-10-10T03:00/)]);
    const same = { timeZone: 'Africa/Nairobi', opensAt: '2026-10-10T03:00' };
    const kept = await put('moved', await settingsOf('moved', same));
    expect([kept.status, kept.body.opensAt]).toEqual([200, '2026-10-10T00:00:00Z']);
  });

  test('that is closed stay, and all else can still be changed', async () => {
    await store(aCampaign({ slug: 'closed', closesAt: '2026-11-01T00:00:00Z' }));
    expect((await put('closed', await settingsOf('closed', times))).status).toBe(409);
    expect((await put('closed', await settingsOf('closed', { sources: [] }))).status).toBe(200);
  });

  test('that is archived: nothing of it changes any more', async () => {
    await store(aCampaign({ slug: 'archived', status: 'archived' }));
    expect((await put('archived', await settingsOf('archived', { sources: [] }))).status).toBe(409);
    expect((await note('archived', { texts: { en: 'Late' } })).status).toBe(409);
  });
});

describe('the life of a campaign', () => {
  test('goes on step by step, each in the log; the same step again changes nothing', async () => {
    await store(aCampaign({ slug: 'alive' }));
    expect(await step('alive', 'pause', '"0"', { reason: 'A leak' })).toMatchObject({
      status: 200,
      etag: '"1"',
      body: { campaign: 'alive', status: 'paused', version: 1 },
    });
    expect((await step('alive', 'pause')).etag).toBe('"1"');
    expect((await step('alive', 'resume')).body.status).toBe('live');
    expect((await step('alive', 'archive')).status).toBe(409);
    expect((await step('alive', 'close')).body.status).toBe('closed');
    expect((await step('alive', 'resume')).status).toBe(409);
    expect((await step('alive', 'archive')).body.status).toBe('archived');
    expect(await logOf('alive')).toMatchObject([
      { reason: 'A leak', changes: { status: { before: 'live', after: 'paused' } } },
      { changes: { status: { after: 'live' } } },
      { changes: { status: { after: 'closed' }, closedAt: { after: iso(clock + 5) } } },
      { changes: { status: { after: 'archived' } } },
    ]);
  });

  test('is told to who has seen an older state', async () => {
    await store(aCampaign({ slug: 'stepped', version: 3, changedIn: { topics: 3 } }));
    const answer = await step('stepped', 'pause', '"2"');
    expect([answer.status, errorsOf(answer)]).toEqual([412, [['/topics', 'changed-since']]]);
  });

  test('has no step of another name', async () => {
    expect((await step('root', 'toString')).status).toBe(404);
  });
});

describe('the campaigns of an organisation', () => {
  test('are listed in all states, page by page, and those of others are not', async () => {
    const pages: Array<{ campaign: string; status: string }[]> = [];
    let cursor: string | null = null;
    do {
      const { body } = await list({ limit: '4', ...(cursor && { cursor }) });
      pages.push(body.campaigns);
      cursor = body.cursor;
    } while (cursor);
    const all = pages.flat();
    expect(pages.slice(0, -1).every((page) => page.length === 4)).toBe(true);
    expect(all.map(({ campaign }) => campaign)).toEqual(
      expect.arrayContaining(['alive', 'draft', 'new-one', 'root']),
    );
    expect(new Set(all.map(({ campaign }) => campaign)).size).toBe(all.length);
    expect(all.map(({ campaign }) => campaign)).not.toContain('other');
    expect(new Set(all.map(({ status }) => status))).toEqual(
      new Set(['live', 'draft', 'archived', 'closed']),
    );
    expect(all.find(({ campaign }) => campaign === 'my-chapter')).toMatchObject({ partOf: 'root' });
  });

  test('can be asked for by the state that they are in now', async () => {
    await store(aCampaign({ slug: 'over', closesAt: iso(clock - day) }));
    const { body } = await list({ status: 'closed' });
    expect(body.campaigns.map(({ campaign }: CampaignState) => campaign)).toEqual(['closed', 'over']);
    expect((await list({ status: 'gone' })).status).toBe(422);
  });

  test.each([
    ['viewer', 200],
    ['secretariat', 200],
    ['outsider', 404],
    ['stranger', 404],
  ])('are read by %s with the answer %i', async (as, status) => {
    expect((await list({}, as)).status).toBe(status);
  });
});
