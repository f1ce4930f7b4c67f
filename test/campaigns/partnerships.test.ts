import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { aCampaign, aConsent, hour, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { type Handler, manage } from '../support/a-management-call.ts';
import { aMember, putMembers } from '../support/a-member.ts';

let database: Database;
let readHandler: Handler;
let changeHandler: Handler;
let settingsHandler: Handler;
let getSettings: Handler;
let getHandler: Handler;
let campaigns: typeof import('../../functions/campaigns/campaign-store.ts');
let log: typeof import('../../functions/audit/log-store.ts');
let clock = noon;

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  await database.createTable('Tallies', ['pk', 'sk']);
  await database.createTable('Targets', ['pk', 'sk']);
  pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies' });
  for (const [slug, name] of [
    ['demo-network', 'Minds in Common'],
    ['partner-org', 'Partner'],
    ['other-org', 'Lantern Hill'],
    ['fourth-org', 'Fourth'],
  ])
    await database.put('Network', { pk: 'organisation', sk: slug, slug, name });
  await putMembers(database, [
    aMember('other-viewer', 'viewer', 'other-org'),
    aMember('fourth', 'organiser', 'fourth-org'),
  ]);
  ({ handler: readHandler } = await import('../../functions/campaigns/read-partnerships.http.ts'));
  ({ handler: changeHandler } = await import('../../functions/campaigns/manage-partnerships.http.ts'));
  ({ handler: settingsHandler } = await import('../../functions/campaigns/put-settings.http.ts'));
  ({ handler: getSettings } = await import('../../functions/campaigns/get-settings.http.ts'));
  ({ handler: getHandler } = await import('../../functions/campaigns/get-campaign.http.ts'));
  campaigns = await import('../../functions/campaigns/campaign-store.ts');
  log = await import('../../functions/audit/log-store.ts');
});
beforeEach(() => {
  database.failBy(undefined);
  pass();
});
afterAll(async () => {
  vi.useRealTimers();
  await database.stop();
});

/** What functions remember is too old then. */
function pass(): void {
  clock += hour;
  vi.setSystemTime(clock);
}

const iso = (at: number) => new Date(at).toISOString();
const store = (changes: Partial<Campaign> & { slug: string }) =>
  database.put('Campaigns', {
    pk: 'campaign',
    sk: changes.slug,
    ...aCampaign({ partners: ['partner-org'], ...changes }),
  });
const stored = async (slug: string) => (await campaigns.getStoredCampaign(slug)) as Campaign;
const consentOf = async (slug: string, id = 'partner-other-org') =>
  (await stored(slug)).consents.find((consent) => consent.id === id);

const partners = '/v1/campaigns/{slug}/partners';
const partnerships = '/v1/organisations/{organisation}/partnerships';
const other = 'outsider';
interface Options {
  as?: string;
  organisation?: string;
  headers?: Record<string, string>;
}
const invite = (slug: string, { as = 'organiser', organisation = 'other-org', headers }: Options = {}) => {
  const body = { organisation, reason: 'Agreed' };
  return manage(changeHandler, {
    as,
    route: `POST ${partners}`,
    path: { slug },
    body,
    headers: headers ?? {},
  });
};
const change = (
  how: string,
  slug: string,
  body?: unknown,
  { as = other, organisation = 'other-org', headers = {} }: Options = {},
) => {
  const [method, step] = how.split(' ');
  const route = `${method} ${partnerships}/{slug}${step ? `/${step}` : ''}`;
  return manage(changeHandler, { as, route, path: { organisation, slug }, body, headers });
};
const end = (slug: string, organisation = 'other-org', as = 'organiser') =>
  manage(changeHandler, { as, route: `DELETE ${partners}/{organisation}`, path: { slug, organisation } });
const list = (slug: string, as = 'organiser', query = {}) =>
  manage(readHandler, { as, route: `GET ${partners}`, path: { slug }, query });
const get = (slug: string, as = other, organisation = 'other-org') =>
  manage(readHandler, { as, route: `GET ${partnerships}/{slug}`, path: { organisation, slug } });
const listOwn = (as = other, organisation = 'other-org', query = {}) =>
  manage(readHandler, { as, route: `GET ${partnerships}`, path: { organisation }, query });
const show = (slug: string, query: Record<string, string> = {}) =>
  manage(getHandler, {
    route: 'GET /v1/campaigns/{slug}',
    path: { slug },
    query: { targets: 'none', ...query },
  });
const logOf = async (thing: `campaign:${string}` | `organisation:${string}`) =>
  (await log.readLog(thing, { limit: 50 })).entries;

const terms = { consent: { en: 'May Lantern Hill write to me?' }, texts: { en: 'We stand with them.' } };

describe('an invitation', () => {
  test('is seen by both, and makes nobody a partner', async () => {
    await store({ slug: 'inviting' });
    expect(await invite('inviting')).toMatchObject({
      status: 201,
      etag: '"1"',
      body: { campaign: 'inviting', organisation: 'other-org', state: 'invited', invitedAt: iso(clock) },
    });
    expect((await get('inviting')).body).toMatchObject({
      state: 'invited',
      about: { title: 'Mental health for all', owner: { name: 'Minds in Common' }, status: 'live' },
      counts: { signatures: 0, pledges: 0 },
    });
    expect((await get('inviting')).body.link).toBeUndefined();
    expect((await list('inviting')).body.partners).toMatchObject([
      { organisation: 'other-org', name: 'Lantern Hill', state: 'invited' },
      { organisation: 'partner-org', name: 'Partner', state: 'accepted', version: 0 },
    ]);
    expect((await stored('inviting')).partners).toEqual(['partner-org']);
  });

  test('that is made again stays as it is, and one of a partner changes nothing', async () => {
    await store({ slug: 'twice' });
    const first = await invite('twice');
    expect(first.status).toBe(201);
    pass();
    expect(await invite('twice')).toMatchObject({ status: 200, etag: '"1"', body: first.body });
    expect((await invite('twice', { organisation: 'partner-org' })).body.state).toBe('accepted');
    expect(await logOf('campaign:twice')).toHaveLength(1);
  });

  test.each([
    ['nowhere', 'unknown-organisation'],
    ['demo-network', 'own-organisation'],
  ])('of %s is refused: %s', async (organisation, code) => {
    await store({ slug: 'refusing' });
    const { status, body } = await invite('refusing', { organisation });
    expect([status, body.errors]).toEqual([
      422,
      [expect.objectContaining({ pointer: '/organisation', code })],
    ]);
  });

  test('is for organisers of the owner to make; to others there is nothing', async () => {
    await store({ slug: 'whose' });
    const statuses = ['organiser', 'viewer', 'partner', other].map(
      async (as) => (await invite('whose', { as })).status,
    );
    expect(await Promise.all(statuses)).toEqual([201, 403, 403, 404]);
  });

  test('of an archived campaign is refused', async () => {
    await store({ slug: 'archived', status: 'archived' });
    expect((await invite('archived')).status).toBe(409);
  });

  test('is accepted, declined and read by whom it is for, and to all others it is not there', async () => {
    await store({ slug: 'secret', status: 'draft' });
    const nothing = await change('POST accept', 'not-there', terms);
    for (const how of ['POST accept', 'POST decline', 'PUT', 'DELETE'])
      expect(await change(how, 'secret', {})).toMatchObject({ status: 404, text: nothing.text });
    expect((await get('secret')).text).toBe((await get('not-there')).text);
    await invite('secret');
    expect((await get('secret', 'fourth')).status).toBe(404);
    expect((await get('secret', 'fourth', 'fourth-org')).status).toBe(404);
    expect((await change('POST accept', 'secret', {}, { as: 'fourth' })).status).toBe(404);
    expect((await change('POST accept', 'secret', {}, { as: 'other-viewer' })).status).toBe(403);
    expect((await get('secret', 'other-viewer')).status).toBe(200);
    expect((await list('secret', other)).status).toBe(404);
    expect((await change('POST accept', 'secret', {})).status).toBe(200);
    pass();
    expect((await list('secret', other)).status).toBe(200);
  });
});

describe('accepting', () => {
  test('makes a partner, with what it asks for itself', async () => {
    await store({ slug: 'accepted' });
    await invite('accepted');
    expect(await change('POST accept', 'accepted', { ...terms, reason: 'By the board' })).toMatchObject({
      status: 200,
      etag: '"2"',
      body: {
        state: 'accepted',
        answeredAt: iso(clock),
        partner: 'other-org',
        link: '/c/accepted?partner=other-org',
        texts: terms.texts,
        consent: { id: 'partner-other-org', version: 1, texts: terms.consent },
      },
    });
    const { partners: listed, version, changedIn } = await stored('accepted');
    expect([listed, version]).toEqual([['partner-org', 'other-org'], 1]);
    expect(changedIn).toEqual({ partners: 1, consents: 1 });
    expect(await consentOf('accepted')).toEqual({
      ...{ id: 'partner-other-org', required: false, partner: 'other-org' },
      versions: [{ version: 1, since: iso(clock), texts: terms.consent }],
    });
  });

  test('stands in the logs of both, with who, why, and what was there before', async () => {
    await store({ slug: 'logged' });
    await invite('logged');
    pass();
    await change('POST accept', 'logged', { ...terms, reason: 'By the board' });
    const [own] = await logOf('campaign:logged');
    const [theirs] = await logOf('organisation:other-org');
    for (const entry of [own, theirs])
      expect(entry).toMatchObject({
        verb: 'actAsPartner',
        by: { email: 'outsider@example.org' },
        reason: 'By the board',
        changes: {
          partnership: { before: { state: 'invited' }, after: { state: 'accepted', consent: terms.consent } },
        },
      });
    expect(own?.changes['partners']).toEqual({
      before: ['partner-org'],
      after: ['partner-org', 'other-org'],
    });
    expect(JSON.stringify(own)).not.toContain('A'.repeat(43));
  });

  test('again in the same words changes nothing, and in others is refused', async () => {
    await store({ slug: 'again' });
    await invite('again');
    const first = await change('POST accept', 'again', terms);
    pass();
    expect(await change('POST accept', 'again', terms)).toMatchObject({ status: 200, body: first.body });
    expect((await change('POST accept', 'again', {})).status).toBe(409);
    expect((await stored('again')).version).toBe(1);
  });

  test('twice at once makes one partner', async () => {
    await store({ slug: 'at-once' });
    await invite('at-once');
    const answers = await Promise.all([1, 2, 3].map(() => change('POST accept', 'at-once', terms)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await stored('at-once')).partners).toEqual(['partner-org', 'other-org']);
    expect((await consentOf('at-once'))?.versions).toHaveLength(1);
    expect(await logOf('campaign:at-once')).toHaveLength(2);
  });

  test('of several organisations at once makes each a partner', async () => {
    await store({ slug: 'several' });
    await Promise.all(['other-org', 'fourth-org'].map((organisation) => invite('several', { organisation })));
    await Promise.all([
      change('POST accept', 'several', terms),
      change('POST accept', 'several', terms, { as: 'fourth', organisation: 'fourth-org' }),
    ]);
    const { partners: listed, consents } = await stored('several');
    expect(listed.toSorted()).toEqual(['fourth-org', 'other-org', 'partner-org']);
    expect(consents.map(({ partner }) => partner).sort()).toEqual(['fourth-org', 'other-org', undefined]);
  });

  test('and declining at once is one of the two', async () => {
    await store({ slug: 'either' });
    await invite('either');
    const [accepted, declined] = await Promise.all([
      change('POST accept', 'either', terms),
      change('POST decline', 'either', {}),
    ]);
    expect([accepted?.status, declined?.status].sort()).toEqual([200, 409]);
    const isPartner = (await stored('either')).partners.includes('other-org');
    expect((await get('either')).body.state).toBe(isPartner ? 'accepted' : 'declined');
    expect(isPartner).toBe(accepted?.status === 200);
  });

  test('while settings are saved keeps both', async () => {
    await store({ slug: 'saved' });
    await invite('saved');
    const path = { slug: 'saved' };
    const route = '/v1/campaigns/{slug}/settings';
    const { body, etag } = await manage(getSettings, { route: `GET ${route}`, path });
    const sources = ['qr', 'poster'];
    const put = (headers = {}) =>
      manage(settingsHandler, { route: `PUT ${route}`, path, headers, body: { ...body.settings, sources } });
    const [accepted, saved] = await Promise.all([change('POST accept', 'saved', terms), put()]);
    expect([accepted.status, saved.status]).toEqual([200, 200]);
    expect(await stored('saved')).toMatchObject({
      sources,
      partners: ['partner-org', 'other-org'],
      version: 2,
    });
    expect((await consentOf('saved'))?.retired).toBeUndefined();
    // Whoever says what they have seen is told of the partner.
    const stale = await manage(settingsHandler, {
      route: `PUT ${route}`,
      path,
      headers: { 'if-match': etag },
      body: { ...body.settings, sources: ['qr', 'leaflet'] },
    });
    expect(stale.status).toBe(412);
    expect(stale.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toContain('/partners');
  });

  test('needs the consent in the default language of the campaign', async () => {
    await store({ slug: 'in-default' });
    await invite('in-default');
    const { status, body } = await change('POST accept', 'in-default', { consent: { fr: 'Oui ?' } });
    expect([status, body.errors[0].pointer]).toEqual([422, '/consent/en']);
  });

  test('needs texts of a length that fits', async () => {
    await store({ slug: 'too-long' });
    await invite('too-long');
    const answer = await change('POST accept', 'too-long', { texts: { en: 'a'.repeat(401) } });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/texts/en']);
  });

  test('when the answer is lost can be done again', async () => {
    await store({ slug: 'lost' });
    await invite('lost');
    const failure = { when: 'after', status: 500, name: 'InternalServerError', message: 'lost' } as const;
    let left = 1;
    database.failBy((operation) => (operation === 'TransactWriteItems' && left-- > 0 ? failure : undefined));
    const first = await change('POST accept', 'lost', terms);
    database.failBy(undefined);
    const second = await change('POST accept', 'lost', terms);
    expect([200, 503]).toContain(first.status);
    expect(second.status).toBe(200);
    expect((await stored('lost')).partners).toEqual(['partner-org', 'other-org']);
    expect((await consentOf('lost'))?.versions).toHaveLength(1);
  });
});

describe('a partner', () => {
  async function join(slug: string, said: object = terms): Promise<void> {
    await store({ slug });
    await invite(slug);
    await change('POST accept', slug, said);
    pass();
  }

  test('may change what it says; another text is a new version, which its supporters are asked', async () => {
    await join('speaking');
    const consent = { en: 'May Lantern Hill write to me once a month?' };
    const { etag } = await get('speaking');
    expect(await change('PUT', 'speaking', { consent }, { headers: { 'if-match': etag } })).toMatchObject({
      status: 200,
      etag: '"3"',
      body: { consent: { version: 2, texts: consent } },
    });
    expect((await get('speaking')).body.texts).toBeUndefined();
    expect((await consentOf('speaking'))?.versions.map(({ texts }) => texts)).toEqual([
      terms.consent,
      consent,
    ]);
    const stale = await change('PUT', 'speaking', terms, { headers: { 'if-match': etag } });
    expect(stale.status).toBe(412);
    expect(stale.body.errors).toContainEqual(
      expect.objectContaining({ pointer: '/consent', message: expect.stringContaining('once a month') }),
    );
  });

  test('says itself what it asks: settings neither show nor change it', async () => {
    await join('its-own');
    const path = { slug: 'its-own' };
    const route = '/v1/campaigns/{slug}/settings';
    const { settings } = (await manage(getSettings, { route: `GET ${route}`, path })).body;
    expect(settings.consents.map(({ id }: { id: string }) => id)).toEqual(['privacy']);
    const sent = {
      id: 'partner-other-org',
      required: false,
      partner: 'other-org',
      texts: { en: 'Sell me.' },
    };
    const body = { ...settings, consents: [...settings.consents, sent] };
    const answer = await manage(settingsHandler, { route: `PUT ${route}`, path, body });
    expect([answer.status, answer.body.errors[0].code]).toEqual([422, 'partners-own']);
    expect((await consentOf('its-own'))?.versions).toHaveLength(1);
  });

  test('that changes only its introduction leaves the campaign as it is', async () => {
    await join('introducing');
    await change('PUT', 'introducing', { ...terms, texts: { en: 'Come with us.' } });
    expect((await stored('introducing')).version).toBe(1);
    expect((await get('introducing')).body).toMatchObject({ texts: { en: 'Come with us.' }, version: 3 });
    expect(await logOf('campaign:introducing')).toHaveLength(3);
  });

  test('from before there were invitations may say what it asks, and leave', async () => {
    await store({ slug: 'older' });
    const as = { as: 'partner', organisation: 'partner-org' };
    expect((await get('older', 'partner', 'partner-org')).body).toMatchObject({
      state: 'accepted',
      version: 0,
    });
    expect((await change('PUT', 'older', terms, as)).body).toMatchObject({
      version: 1,
      consent: { id: 'partner-partner-org' },
    });
    expect((await change('DELETE', 'older', undefined, as)).status).toBe(204);
    expect((await stored('older')).partners).toEqual([]);
    expect((await get('older', 'partner', 'partner-org')).body.state).toBe('left');
  });

  test('keeps the consent that it had under another id', async () => {
    const consent = { ...aConsent({ id: 'theirs', required: false }), partner: 'partner-org' };
    await store({ slug: 'other-id', consents: [aConsent(), consent] });
    await change('PUT', 'other-id', terms, { as: 'partner', organisation: 'partner-org' });
    const { consents } = await stored('other-id');
    expect(consents.map(({ id, versions }) => [id, versions.length])).toEqual([
      ['privacy', 1],
      ['theirs', 2],
    ]);
  });

  test.each([
    ['that is ended', (slug: string) => end(slug)],
    ['that leaves', (slug: string) => change('DELETE', slug)],
  ])('%s is in the list no more, and nobody is asked for it; what was counted stays', async (name, leave) => {
    const slug = name.replaceAll(' ', '-');
    await join(slug);
    await database.call('PutItem', {
      TableName: 'Tallies',
      Item: aTally(slug, { 's+other-org': '3', 'p+other-org': '1' }),
    });
    expect((await leave(slug)).status).toBe(204);
    expect((await stored(slug)).partners).toEqual(['partner-org']);
    expect((await consentOf(slug))?.retired).toBe(iso(clock));
    expect((await get(slug)).body).toMatchObject({ state: 'left', counts: { signatures: 3, pledges: 1 } });
    expect((await list(slug)).body.partners[0]).toMatchObject({
      state: 'left',
      counts: { signatures: 3, pledges: 1 },
    });
    expect((await leave(slug)).status).toBe(204);
    expect(await change('PUT', slug, terms)).toMatchObject({
      status: 409,
      body: {
        detail:
          'The partnership has ended. What a partner says is changed once it is invited again and accepts.',
      },
    });
    expect((await change('POST accept', slug, terms)).status).toBe(409);
    pass();
    expect((await show(slug, { partner: 'other-org' })).body.consents).toHaveLength(1);
  });

  test('that left can be invited again, and its consent is a new version', async () => {
    await join('returning');
    await end('returning');
    pass();
    expect(await invite('returning')).toMatchObject({ status: 201, body: { state: 'invited', version: 4 } });
    await change('POST accept', 'returning', terms);
    const consent = await consentOf('returning');
    expect([consent?.retired, consent?.versions.length]).toEqual([undefined, 2]);
  });

  test('of a long name has a consent whose id can be sent', async () => {
    const organisation = 'a'.repeat(60);
    await database.put('Network', { pk: 'organisation', sk: organisation, slug: organisation, name: 'A' });
    await putMembers(database, [aMember('long', 'organiser', organisation)]);
    await store({ slug: 'long-name' });
    await invite('long-name', { organisation });
    const { body } = await change('POST accept', 'long-name', terms, { as: 'long', organisation });
    expect(body.consent.id).toMatch(/^partner-[0-9a-f]{32}$/);
  });

  test('cannot be ended where there is none', async () => {
    await store({ slug: 'none' });
    expect((await end('none')).status).toBe(404);
  });
});

describe('who comes through a partner', () => {
  beforeAll(async () => {
    pass();
    await store({ slug: 'shown' });
    await invite('shown');
    await invite('shown', { organisation: 'fourth-org' });
    await change('POST accept', 'shown', terms);
    const theirs = { consent: { en: 'May Fourth write to me?', fr: 'Fourth peut-il m’écrire ?' } };
    await change('POST accept', 'shown', theirs, { as: 'fourth', organisation: 'fourth-org' });
  });

  test('is asked what it asks for itself, and reads its introduction', async () => {
    const { body } = await show('shown', { partner: 'other-org' });
    expect(body.partner).toEqual({ slug: 'other-org', name: 'Lantern Hill', text: 'We stand with them.' });
    expect(body.consents.slice(1)).toEqual([
      { id: 'partner-other-org', version: 1, required: false, text: terms.consent.en },
    ]);
  });

  test('reads it in their language, else in that of the campaign', async () => {
    const french = { partner: 'fourth-org', lang: 'fr' };
    expect((await show('shown', french)).body.consents[1].text).toBe('Fourth peut-il m’écrire ?');
    expect((await show('shown', french)).body.partner).toEqual({ slug: 'fourth-org', name: 'Fourth' });
    const { body } = await show('shown', { partner: 'other-org', lang: 'fr' });
    expect(body.consents[1].text).toBe(terms.consent.en);
  });

  test.each<Record<string, string>>([
    {},
    { partner: '' },
    { partner: 'partner-org' },
    { partner: 'stranger' },
  ])('is asked for no other, with %j', async (query) => {
    const { body } = await show('shown', query);
    expect(body.consents.map(({ id }: { id: string }) => id)).toEqual(['privacy']);
    expect(JSON.stringify(body)).not.toMatch(/write to me|stand with them/);
  });
});

describe('the list of partnerships', () => {
  test('has all of an organisation, by campaign and in pages, and none of others', async () => {
    const organisation = 'fifth-org';
    await database.put('Network', {
      pk: 'organisation',
      sk: organisation,
      slug: organisation,
      name: 'Fifth',
    });
    await putMembers(database, [aMember('fifth', 'viewer', organisation)]);
    await store({ slug: 'l-invited', status: 'draft' });
    await store({ slug: 'l-older', partners: [organisation] });
    await store({ slug: 'l-other' });
    await invite('l-invited', { organisation });
    const first = await listOwn('fifth', organisation, { limit: '1' });
    expect(first.body).toMatchObject({ partnerships: [{ campaign: 'l-invited', state: 'invited' }] });
    const second = await listOwn('fifth', organisation, { limit: '1', cursor: first.body.cursor });
    expect(second.body).toMatchObject({ partnerships: [{ campaign: 'l-older' }], cursor: null });
    expect((await listOwn('organiser', organisation)).status).toBe(404);
  });

  test('of a campaign comes in pages', async () => {
    await store({ slug: 'paged', partners: ['b', 'a', 'c'] });
    const first = await list('paged', 'viewer', { limit: '2' });
    expect(first.body.partners.map(({ organisation }: { organisation: string }) => organisation)).toEqual([
      'a',
      'b',
    ]);
    const { body } = await list('paged', 'viewer', { cursor: first.body.cursor });
    expect([body.partners.length, body.cursor]).toEqual([1, null]);
  });
});

describe('the partners of a campaign', () => {
  const slug = 'company';
  const shownTo = async (as: string, query = {}) =>
    Object.fromEntries(
      (await list(slug, as, query)).body.partners.map((each: { organisation: string }) => [
        each.organisation,
        each,
      ]),
    );

  beforeAll(async () => {
    await store({ slug, partOf: 'other', partners: ['partner-org', 'b-org', 'c-org'] });
    for (const [organisation, state] of [
      ['b-org', 'accepted'],
      ['c-org', 'accepted'],
      ['d-org', 'invited'],
      ['e-org', 'declined'],
      ['f-org', 'left'],
    ])
      await database.put('Campaigns', {
        ...{ pk: `partners#${slug}`, sk: organisation, campaign: slug, organisation, state, version: 1 },
        texts: { en: `Words of ${organisation}` },
      });
    await change('PUT', slug, terms, { as: 'partner', organisation: 'partner-org' });
    pass();
  });

  test.each(['viewer', 'secretariat'])(
    'are told to a %s with all who are invited or were there',
    async (as) => {
      const shown = await shownTo(as);
      expect(Object.keys(shown)).toEqual(['b-org', 'c-org', 'd-org', 'e-org', 'f-org', 'partner-org']);
      expect(shown['f-org']).toMatchObject({ state: 'left', texts: { en: 'Words of f-org' } });
    },
  );

  test.each([
    ['a partner', 'partner'],
    ['whose root it is', other],
  ])('are told to %s without invitations, without who left, and without what others say', async (_, as) => {
    const { text } = await list(slug, as);
    const shown = await shownTo(as);
    expect(Object.keys(shown)).toEqual(['b-org', 'c-org', 'partner-org']);
    expect(text).not.toMatch(/Words of/);
    expect(shown['b-org']).toMatchObject({ state: 'accepted', counts: { signatures: 0, pledges: 0 } });
  });

  test('are told to a partner with all of its own', async () => {
    const own = (await shownTo('partner'))['partner-org'];
    expect(own).toMatchObject({ texts: terms.texts, consent: { texts: terms.consent }, version: 1 });
    expect((await shownTo(other))['partner-org']).not.toHaveProperty('consent');
  });

  test.each([
    ['a viewer', 'viewer', true],
    ['the partner itself', 'partner', true],
    ['whose root it is', other, false],
  ])('ask for a consent that the settings tell %s: %s, %s', async (_, as, isTold) => {
    const route = 'GET /v1/campaigns/{slug}/settings';
    const { status, body } = await manage(getSettings, { as, route, path: { slug } });
    const asking = body.consents.map(({ partner }: { partner?: string }) => partner);
    expect([status, asking.includes('partner-org')]).toEqual([200, isTold]);
  });

  test('come in pages that do not tell of those who are not shown', async () => {
    const first = await list(slug, 'partner', { limit: '2' });
    expect(Object.keys(await shownTo('partner', { limit: '2' }))).toEqual(['b-org', 'c-org']);
    const { body } = await list(slug, 'partner', { limit: '2', cursor: first.body.cursor });
    expect(body).toMatchObject({ partners: [{ organisation: 'partner-org' }], cursor: null });
  });
});

/** A tally as it is stored. */
function aTally(campaign: string, counters: Record<string, string>) {
  const numbers = { version: '1', asOf: '1', rate: '0', pollAfter: '5', ...counters };
  return {
    ...{ pk: { S: campaign }, sk: { S: 'tally' }, goals: { L: [] } },
    ...Object.fromEntries(Object.entries(numbers).map(([name, N]) => [name, { N }])),
  };
}
