import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Role } from '../../functions/members/member.ts';
import { noon } from '../support/a-campaign.ts';
import { askAs, claimsOf } from '../support/a-campaigner.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aMember, createMembers, putMembers } from '../support/a-member.ts';

const second = 1_000;
const members = '/v1/organisations/{organisation}/members';
type Handler = Parameters<typeof askAs>[0];

let database: Database;
let manage: Handler;
let me: Handler;
let store: typeof import('../../functions/members/member-store.ts');
let log: typeof import('../../functions/audit/log-store.ts');
let read: typeof import('../../functions/members/read.ts');

beforeAll(async () => {
  database = await aDatabase();
  await createMembers(database);
  await database.createTable('Audit', ['thing', 'entry']);
  await database.createTable('Network', ['pk', 'sk']);
  pointSdkTo(database.url, {
    MEMBERS_TABLE: 'Members',
    AUDIT_TABLE: 'Audit',
    CAMPAIGNS_TABLE: 'Campaigns',
    NETWORK_TABLE: 'Network',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://groundswell.example.org',
  });
  ({ handler: manage } = await import('../../functions/members/manage-members.http.ts'));
  ({ handler: me } = await import('../../functions/members/get-me.http.ts'));
  store = await import('../../functions/members/member-store.ts');
  log = await import('../../functions/audit/log-store.ts');
  read = await import('../../functions/members/read.ts');
});
afterAll(() => database.stop());

/** An organisation of its own for each test, with members by the names of their roles. */
let organisations = 0;
let organisation: string;
beforeEach(async () => {
  vi.setSystemTime(noon);
  database.failBy(undefined);
  organisations += 1;
  organisation = `org-${organisations}`;
  await join({ owner: 'owner', organiser: 'organiser', viewer: 'viewer' });
});

describe('a role', () => {
  test('is changed by an owner, with an entry in the log that says by whom and why', async () => {
    const reason = 'Runs the campaign from May on';
    const answer = await give('owner', 'viewer', 'organiser', { reason });
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { id: idOf('viewer'), email: addressOf('viewer'), role: 'organiser' },
    });
    expect(await rolesNow()).toEqual({ owner: 'owner', organiser: 'organiser', viewer: 'organiser' });
    expect((await entries())[0]).toMatchObject({
      verb: 'manageMembers',
      by: { email: addressOf('owner') },
      reason,
      changes: { member: { before: { role: 'viewer' }, after: { role: 'organiser' } } },
    });
  });

  test('that somebody has already is given again without a trace', async () => {
    expect(await give('owner', 'viewer', 'viewer')).toMatchObject({ status: 200, headers: { etag: '"1"' } });
    expect(await entries()).toEqual([]);
  });

  test.each([
    ['organiser', 403],
    ['viewer', 403],
    ['stranger', 404],
  ])('is not changed by %s: %i', async (who, status) => {
    expect((await give(who, 'viewer', 'organiser')).status).toBe(status);
    expect(await entries()).toEqual([]);
  });

  test('above one’s own is not given, nor taken', async () => {
    await join({ head: 'secretariat' });
    expect((await give('owner', 'viewer', 'secretariat')).status).toBe(403);
    expect((await give('owner', 'head', 'viewer')).status).toBe(403);
    expect((await leave('owner', 'head')).status).toBe(403);
    expect((await give('head', 'viewer', 'secretariat')).status).toBe(200);
  });

  test('in the secretariat is given in its own organisation alone', async () => {
    await putMembers(database, [aMember(nameIn('head'), 'secretariat', `secretariat-of-${organisation}`)]);
    expect((await give('head', 'viewer', 'secretariat')).status).toBe(409);
    expect((await give('head', 'viewer', 'owner')).status).toBe(200);
  });

  test('of somebody who is not there, or of another organisation, cannot be changed', async () => {
    await putMembers(database, [aMember('elsewhere', 'viewer', 'another')]);
    for (const id of ['nobody', 'id-of-elsewhere', '../roster'])
      expect((await askPut('owner', id, { role: 'viewer' })).status).toBe(404);
  });

  test('is not changed over a change that its author has not seen, and they are told', async () => {
    await give('owner', 'viewer', 'reviewer');
    const headers = { 'if-match': '"1"' };
    const answer = await askPut('owner', idOf('viewer'), { role: 'organiser' }, headers);
    expect(answer).toMatchObject({
      status: 412,
      body: { errors: [{ pointer: '/role', message: 'It is now: "reviewer"' }] },
    });
    expect((await askPut('owner', idOf('viewer'), { role: 'organiser' }, { 'if-match': '"2"' })).status).toBe(
      200,
    );
  });
});

describe('an organisation', () => {
  test('keeps an owner', async () => {
    expect(await give('owner', 'owner', 'viewer')).toMatchObject({ status: 409 });
    expect((await leave('owner', 'owner')).status).toBe(409);
    await give('owner', 'organiser', 'owner');
    expect((await leave('owner', 'owner')).status).toBe(204);
    expect(await rolesNow()).toEqual({ organiser: 'owner', viewer: 'viewer' });
  });

  test('that is the secretariat’s keeps a member of the secretariat, whoever else owns it', async () => {
    await join({ head: 'secretariat' });
    expect((await leave('head', 'head')).status).toBe(409);
    expect((await give('head', 'head', 'owner')).status).toBe(409);
  });

  test('loses one of two owners who remove each other at the same moment', async () => {
    await join({ second: 'owner' });
    await read.readMemberships(tokenOf('owner'), noon);
    await read.readMemberships(tokenOf('second'), noon);
    const meet = aMeeting(2);
    database.failBy(async (operation) => {
      if (operation === 'TransactWriteItems') await meet();
      return undefined;
    });
    const answers = await Promise.all([leave('owner', 'second'), leave('second', 'owner')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 404]);
    expect(Object.values(await rolesNow()).filter((role) => role === 'owner')).toHaveLength(1);
  });

  test('keeps one of two owners who leave at the same moment', async () => {
    await join({ second: 'owner' });
    const meet = aMeeting(2);
    database.failBy(async (operation) => {
      if (operation === 'TransactWriteItems') await meet();
      return undefined;
    });
    const answers = await Promise.all([leave('owner', 'owner'), leave('second', 'second')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 409]);
  });

  test('so large that it is read in pieces keeps an owner who leaves while another is read', async () => {
    await join({ second: 'owner' });
    const filler = 'x'.repeat(380_000);
    for (const name of ['zz-1', 'zz-2', 'zz-3'])
      await database.put('Members', {
        ...{ ...aMember(nameIn(name), 'viewer', organisation), sk: `member#${idOf(name)}`, filler },
      });
    database.failBy(async (operation, body) => {
      if (operation !== 'Query' || !(body as { ExclusiveStartKey?: object }).ExclusiveStartKey)
        return undefined;
      database.failBy(undefined);
      expect((await leave('second', 'second')).status).toBe(204);
      return undefined;
    });
    expect((await leave('owner', 'owner')).status).toBe(409);
    expect(await rolesNow()).toMatchObject({ owner: 'owner' });
  });

  test('takes many changes at once, each with its entry', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await join(Object.fromEntries(names.map((name) => [name, 'viewer'])));
    const answers = await Promise.all(names.map((name) => give('owner', name, 'organiser')));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(await entries()).toHaveLength(4);
  });
});

describe('a member of the secretariat', () => {
  test('who was removed changes nobody elsewhere any more, where they were known just now, too', async () => {
    const secretariat = `secretariat-of-${organisation}`;
    const head = aMember(nameIn('head'), 'secretariat', secretariat);
    await putMembers(database, [head]);
    expect((await give('head', 'viewer', 'reviewer')).status).toBe(200);
    await database.call('DeleteItem', {
      TableName: 'Members',
      Key: { organisation: { S: secretariat }, sk: { S: `member#${head.id}` } },
    });
    vi.setSystemTime(noon + 2 * second);
    expect((await give('head', 'viewer', 'owner')).status).toBe(404);
    expect((await leave('head', 'viewer')).status).toBe(404);
  });
});

describe('a member', () => {
  test.each(['organiser', 'viewer'])('who is %s may leave by themselves', async (name) => {
    expect((await leave(name, name)).status).toBe(204);
    expect((await entries())[0]).toMatchObject({
      verb: 'leaveOrganisation',
      changes: { member: { before: { email: addressOf(name) } } },
    });
  });

  test('who is no owner removes nobody else', async () => {
    expect((await leave('organiser', 'viewer')).status).toBe(403);
    expect((await leave('organiser', 'nobody')).status).toBe(403);
    expect((await leave('stranger', 'viewer')).status).toBe(404);
  });

  test('who was removed is felt to be within 30 s, by functions that knew them too', async () => {
    const claims = tokenOf('organiser');
    await read.requireOrganisation(organisation, claims, 'startCampaign', noon);
    expect((await leave('owner', 'organiser')).status).toBe(204);
    const later = (seconds: number) =>
      read.requireOrganisation(organisation, claims, 'startCampaign', noon + seconds * second);
    await expect(later(30)).rejects.toMatchObject({ code: 'not-found' });
  });

  test('who was given more may use it at once', async () => {
    const claims = tokenOf('viewer');
    const start = (now: number) => read.requireOrganisation(organisation, claims, 'startCampaign', now);
    await expect(start(noon)).rejects.toMatchObject({ code: 'forbidden' });
    await give('owner', 'viewer', 'organiser');
    await start(noon + second);
  });

  test('sees the others, page by page', async () => {
    const first = await askList('viewer', { limit: '2' });
    const rest = await askList('viewer', { limit: '2', cursor: first.body.cursor });
    const seen = [...first.body.members, ...rest.body.members].map(({ email }: { email: string }) => email);
    expect(seen.sort()).toEqual(['organiser', 'owner', 'viewer'].map(addressOf));
    expect(rest.body.cursor).toBeNull();
    expect((await askList('stranger', {})).status).toBe(404);
    expect((await askList('viewer', { limit: '0' })).status).toBe(422);
    expect((await askList('viewer', { cursor: '../roster' })).status).toBe(422);
  });

  test('sees what they belong to, by name, and what they may', async () => {
    await database.put('Network', {
      pk: 'organisation',
      sk: organisation,
      slug: organisation,
      name: 'Minds in Common',
    });
    const { body } = await askAs(me, { method: 'GET', route: '/v1/me', claims: tokenOf('viewer') });
    expect(body).toMatchObject({
      email: addressOf('viewer'),
      memberships: [{ organisation, name: 'Minds in Common', role: 'viewer', member: idOf('viewer') }],
      may: ['readOrganisations'],
    });
    expect(body.memberships[0].may).toContain('readMembers');
    expect(body.memberships[0].may).not.toContain('editCampaign');
  });

  test('sees at once what they have just been made a member of, where they asked a moment before, too', async () => {
    const ask = async () => {
      const { body } = await askAs(me, { method: 'GET', route: '/v1/me', claims: tokenOf('invited') });
      return body.memberships.map(({ role }: { role: string }) => role);
    };
    expect(await ask()).toEqual([]);
    await join({ invited: 'reviewer' });
    expect(await ask()).toEqual(['reviewer']);
  });

  test('whose address the issuer has not verified is nobody', async () => {
    const claims = { ...tokenOf('owner'), email_verified: 'false' };
    expect((await askAs(me, { method: 'GET', route: '/v1/me', claims })).body).toEqual({
      email: null,
      memberships: [],
      may: [],
    });
    expect(
      (await askAs(manage, { method: 'GET', route: members, path: { organisation }, claims })).status,
    ).toBe(404);
  });
});

test('an address in other characters is another one, also when it is the same in lower case', async () => {
  await join({ kim: 'owner' });
  const claims = { ...tokenOf('kim'), email: addressOf('kim').replace('k', '\u212a') };
  expect(claims.email.toLowerCase()).toBe(addressOf('kim'));
  await expect(read.requireOrganisation(organisation, claims, 'readMembers', noon)).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('a change whose reply is lost was made once', async () => {
  let lost = 0;
  database.failBy((operation) => {
    if (operation !== 'TransactWriteItems' || lost > 0) return undefined;
    lost += 1;
    return { when: 'after', name: 'InternalServerError', status: 500 };
  });
  expect((await give('owner', 'viewer', 'organiser')).status).toBe(200);
  expect(await entries()).toHaveLength(1);
});

test('seeding adds the members of an organisation that has none, and no others', async () => {
  const seeded = [aMember('seeded', 'owner', 'seeded-org')];
  expect(await store.addRoster('seeded-org', seeded)).toBe(true);
  expect(await store.addRoster('seeded-org', [aMember('late', 'owner', 'seeded-org')])).toBe(false);
  expect(await store.addRoster(organisation, [aMember('late', 'owner', organisation)])).toBe(false);
  expect((await store.readRoster('seeded-org')).members).toEqual(seeded);
});

const nameIn = (name: string) => `${name}--${organisation}`;
const addressOf = (name: string) => `${nameIn(name)}@example.org`;
const idOf = (name: string) => `id-of-${nameIn(name)}`;
const tokenOf = (name: string) => claimsOf(nameIn(name));

async function join(people: Record<string, Role>): Promise<void> {
  const joining = Object.entries(people).map(([name, role]) => aMember(nameIn(name), role, organisation));
  await putMembers(database, joining);
}

function askPut(who: string, member: string, body: unknown, headers = {}) {
  return askAs(manage, {
    method: 'PUT',
    route: `${members}/{member}`,
    path: { organisation, member },
    claims: tokenOf(who),
    headers,
    body,
  });
}

function give(who: string, whom: string, role: Role, rest = {}) {
  return askPut(who, idOf(whom), { role, ...rest });
}

function leave(who: string, whom: string) {
  return askAs(manage, {
    method: 'DELETE',
    route: `${members}/{member}`,
    path: { organisation, member: idOf(whom) },
    claims: tokenOf(who),
  });
}

function askList(who: string, query: Record<string, string>) {
  return askAs(manage, {
    method: 'GET',
    route: members,
    path: { organisation },
    claims: tokenOf(who),
    query,
  });
}

async function rolesNow(): Promise<Record<string, Role>> {
  const roster = await store.readRoster(organisation);
  return Object.fromEntries(roster.members.map(({ email, role }) => [email.split('--')[0], role]));
}

async function entries() {
  return (await log.readLog(`organisation:${organisation}`, { limit: 50 })).entries;
}

/** Lets so many go on together; whoever comes after them goes on by themselves. */
function aMeeting(expected: number): () => Promise<void> {
  let come = 0;
  let open = () => {};
  const met = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    come += 1;
    if (come >= expected) open();
    return met;
  };
}
