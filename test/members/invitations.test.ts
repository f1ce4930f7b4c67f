import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { toEvent } from '../../shared/events/catalogue.ts';
import { languages } from '../../shared/kernel/language.ts';
import { minute, noon } from '../support/a-campaign.ts';
import { askAs, claimsOf } from '../support/a-campaigner.ts';
import type { Database } from '../support/a-database.ts';
import { aGetAt } from '../support/a-get.ts';
import { aMember, putMembers } from '../support/a-member.ts';
import { anInvitingOrganisation } from '../support/an-inviting-organisation.ts';

type Handler = Parameters<typeof askAs>[0];

const day = 24 * 60 * minute;
const organisation = 'demo-network';
const invitations = '/v1/organisations/{organisation}/invitations';

let database: Database;
let service: { stop(): void };
let manage: Handler;
let accept: Handler;
let show: Handler;
let store: typeof import('../../functions/members/member-store.ts');
let links: typeof import('../../functions/members/invitation-link.ts');
let read: typeof import('../../functions/members/read.ts');
let log: typeof import('../../functions/audit/log-store.ts');

beforeAll(async () => {
  ({ database, service } = await anInvitingOrganisation());
  ({ handler: manage } = await import('../../functions/members/manage-invitations.http.ts'));
  ({ handler: accept } = await import('../../functions/members/accept-invitation.http.ts'));
  ({ handler: show } = await import('../../functions/members/show-invitation.http.ts'));
  store = await import('../../functions/members/member-store.ts');
  links = await import('../../functions/members/invitation-link.ts');
  read = await import('../../functions/members/read.ts');
  log = await import('../../functions/audit/log-store.ts');
});
afterAll(async () => {
  service.stop();
  await database.stop();
});

/** Each test invites somebody else, on a day of its own. */
let people = 0;
let name: string;
let now: number;
beforeEach(() => {
  people += 1;
  name = `newcomer-${people}`;
  now = noon + people * 10 * day;
  vi.setSystemTime(now);
  database.failBy(undefined);
});

describe('an invitation', () => {
  test('makes whoever signs in with its address a member, once', async () => {
    const token = await mailed(await send({ role: 'organiser' }));
    expect(await take(token)).toMatchObject({
      status: 200,
      body: { organisation, name: 'Minds in Common', role: 'organiser' },
    });
    expect((await take(token)).status).toBe(410);
    expect(await roleNow()).toBe('organiser');
    await read.requireOrganisation(organisation, claimsOf(name), 'startCampaign', now);
  });

  test('makes one member of somebody who accepts twice at the same moment', async () => {
    const token = await mailed(await send());
    const answers = await Promise.all([take(token), take(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
  });

  test('is in the log when it is sent, and when it is accepted', async () => {
    const token = await mailed(await send({ reason: 'For the translations' }));
    vi.setSystemTime(now + minute);
    await take(token);
    const [accepted, sent] = (await log.readLog(`organisation:${organisation}`, { limit: 2 })).entries;
    const email = `${name}@example.org`;
    expect(sent).toMatchObject({ verb: 'manageMembers', reason: 'For the translations' });
    expect(sent?.changes['invitation']?.after).toMatchObject({ email, state: 'sent' });
    expect(accepted).toMatchObject({ verb: 'acceptInvitation', by: { email } });
    expect(accepted?.changes['member']?.after).toMatchObject({ email, role: 'viewer' });
  });

  test('is for its address alone, as the issuer has verified it', async () => {
    const token = await mailed(await send());
    expect(await take(token, claimsOf('somebody-else'))).toMatchObject({
      status: 403,
      body: { detail: 'Sign in with the address that the invitation was sent to.' },
    });
    const unverified = { ...claimsOf(name), email_verified: 'false' };
    expect((await take(token, unverified)).status).toBe(403);
    expect(await roleNow()).toBeUndefined();
  });

  test('finds its address however it is spelt in letters large and small', async () => {
    const token = await mailed(await send({ email: `  ${name.toUpperCase()}@Example.org ` }));
    const claims = { ...claimsOf(name), email: `${name}@EXAMPLE.ORG` };
    expect((await take(token, claims)).status).toBe(200);
  });

  test('is over after 7 days', async () => {
    const token = await mailed(await send());
    vi.setSystemTime(now + 7 * day - 1);
    expect((await page(token)).status).toBe(200);
    vi.setSystemTime(now + 7 * day);
    expect((await page(token)).status).toBe(410);
    expect((await take(token)).status).toBe(410);
  });

  test('that was withdrawn is over', async () => {
    const { body } = await send();
    const token = await mailed({ body });
    expect((await takeBack(body.id)).status).toBe(204);
    expect((await takeBack(body.id)).status).toBe(204);
    expect((await take(token)).status).toBe(410);
    expect((await page(token)).status).toBe(410);
  });

  test('that was accepted is not withdrawn any more', async () => {
    const { body } = await send();
    await take(await mailed({ body }));
    expect((await takeBack(body.id)).status).toBe(409);
  });

  test('of an owner who is none any more is over', async () => {
    const [removed, lowered] = [`removed-${people}`, `lowered-${people}`];
    await putMembers(database, [aMember(removed, 'owner'), aMember(lowered, 'owner')]);
    const tokens = [];
    for (const who of [removed, lowered])
      tokens.push(await mailed(await send({ email: `friend-of-${who}@example.org` }, {}, who)));
    await putMembers(database, [aMember(lowered, 'organiser')]);
    const { members } = await store.readRoster(organisation);
    const gone = members.find(({ email }) => email === `${removed}@example.org`);
    await database.call('DeleteItem', {
      TableName: 'Members',
      Key: { organisation: { S: organisation }, sk: { S: `member#${gone?.id}` } },
    });
    const friends = [removed, lowered].map((who) => claimsOf(`friend-of-${who}`));
    const answers = await Promise.all(tokens.map((token, at) => take(token, friends[at])));
    expect(answers.map(({ status }) => status)).toEqual([410, 410]);
  });

  test('of the secretariat makes the first owner of an organisation that has nobody', async () => {
    await putMembers(database, [aMember('head', 'secretariat', 'secretariat')]);
    await database.put('Network', { pk: 'organisation', sk: 'new-org', slug: 'new-org', name: 'New' });
    const answer = await askAs(manage, {
      ...{ method: 'POST', route: invitations, path: { organisation: 'new-org' }, claims: claimsOf('head') },
      body: { email: `${name}@example.org`, role: 'owner' },
    });
    const invitation = await store.getInvitation('new-org', answer.body.id);
    if (!invitation) throw new Error('There is no such invitation');
    const token = new URL(await links.invitationLink(invitation)).searchParams.get('token') ?? '';
    expect(await take(token)).toMatchObject({
      status: 200,
      body: { organisation: 'new-org', role: 'owner' },
    });
  });

  test('to an organisation that the network does not have is refused', async () => {
    await putMembers(database, [aMember('head', 'secretariat', 'secretariat')]);
    const answer = await askAs(manage, {
      ...{ method: 'POST', route: invitations, path: { organisation: 'mistyped' }, claims: claimsOf('head') },
      body: { email: `${name}@example.org`, role: 'owner' },
    });
    expect(answer.status).toBe(404);
    expect((await store.readRoster('mistyped')).version).toBe(0);
  });

  test('to the secretariat needs no more than its first member', async () => {
    await putMembers(database, [aMember('head', 'secretariat', 'secretariat')]);
    const answer = await askAs(manage, {
      ...{
        method: 'POST',
        route: invitations,
        path: { organisation: 'secretariat' },
        claims: claimsOf('head'),
      },
      body: { email: `${name}@example.org`, role: 'secretariat' },
    });
    expect(answer.status).toBe(201);
  });

  test('is not withdrawn over a newer one that its author has not seen, and they are told', async () => {
    const first = await send({ role: 'viewer' });
    vi.setSystemTime(now + 2 * minute);
    const second = await send({ role: 'organiser' });
    expect(second.headers).toMatchObject({ etag: second.body.etag });
    expect(await takeBack(first.body.id, { 'if-match': first.body.etag })).toMatchObject({
      status: 412,
      body: {
        errors: expect.arrayContaining([
          { pointer: '/role', code: 'changed-since', message: 'It is now: "organiser"' },
        ]),
      },
    });
    expect((await takeBack(first.body.id, { 'if-match': second.body.etag })).status).toBe(204);
    expect((await takeBack(first.body.id, { 'if-match': second.body.etag })).status).toBe(204);
  });

  test('that is sent again takes the place of the one before', async () => {
    const first = await send({ role: 'viewer' });
    const old = await mailed(first);
    vi.setSystemTime(now + 2 * day);
    const again = await send({ role: 'organiser' });
    expect(again).toMatchObject({ status: 201, body: { id: first.body.id, role: 'organiser' } });
    expect(Date.parse(again.body.expiresAt)).toBe(now + 9 * day);
    expect((await take(old)).status).toBe(410);
    expect((await take(await mailed(again))).status).toBe(200);
    expect(await roleNow()).toBe('organiser');
  });

  test('that is sent again within a minute is the same one, and no other mail', async () => {
    const first = await send();
    const before = await store.getInvitation(organisation, first.body.id);
    vi.setSystemTime(now + minute - 1);
    expect(await send()).toMatchObject({ status: 201, body: first.body });
    expect(await store.getInvitation(organisation, first.body.id)).toEqual(before);
  });

  test('under one idempotency key is one, and another body under it is refused', async () => {
    const headers = { 'idempotency-key': name };
    const first = await send({}, headers);
    vi.setSystemTime(now + 2 * minute);
    expect((await send({}, headers)).body).toEqual(first.body);
    expect((await send({ role: 'organiser' }, headers)).status).toBe(422);
  });

  test('with any part of its link changed is forged', async () => {
    const token = await mailed(await send());
    for (const wrong of [`${token}x`, token.replace('invite', 'manage'), token.replace('~', '~x'), 'x']) {
      expect((await take(wrong)).status).toBe(400);
      expect((await page(wrong)).status).toBe(400);
    }
  });

  test('is sent by owners alone', async () => {
    for (const [who, status] of [
      ['organiser', 403],
      ['viewer', 403],
      ['stranger', 404],
    ] as const) {
      expect((await send({}, {}, who)).status).toBe(status);
      const asked = { path: { organisation, invitation: 'any' }, claims: claimsOf(who) };
      expect(
        (await askAs(manage, { method: 'DELETE', route: `${invitations}/{invitation}`, ...asked })).status,
      ).toBe(status);
      expect((await askAs(manage, { method: 'GET', route: invitations, ...asked })).status).toBe(status);
    }
  });

  test('gives no role above that of who sends it', async () => {
    expect((await send({ role: 'secretariat' })).status).toBe(403);
    expect((await send({ role: 'owner' })).status).toBe(201);
  });

  test('to a role above one’s own is neither lowered nor withdrawn', async () => {
    await putMembers(database, [
      aMember('head', 'secretariat', 'head-office'),
      aMember('keeper', 'owner', 'head-office'),
    ]);
    const ask = (method: string, who: string, rest: object, invitation = '') =>
      askAs(manage, {
        ...{
          method,
          route: `${invitations}${invitation && '/{invitation}'}`,
          claims: claimsOf(who),
          ...rest,
        },
        path: { organisation: 'head-office', invitation },
      });
    const email = `${name}@example.org`;
    const { body } = await ask('POST', 'head', { body: { email, role: 'secretariat' } });
    expect((await ask('POST', 'keeper', { body: { email, role: 'viewer' } })).status).toBe(403);
    expect((await ask('DELETE', 'keeper', {}, body.id)).status).toBe(403);
    expect((await ask('DELETE', 'head', {}, body.id)).status).toBe(204);
  });

  test.each([
    [{ email: 'nobody' }, '/email'],
    [{ role: 'king' }, '/role'],
    [{ language: 'tlh' }, '/language'],
    [{ since: 'ever' }, '/since'],
  ])('with %j is refused', async (wrong, pointer) => {
    expect(await send(wrong)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  test('is not sent to a member, nor to the twenty-first person within a day', async () => {
    expect(await send({ email: 'viewer@example.org' })).toMatchObject({ status: 409 });
    for (let at = 0; at < 20; at += 1) await send({ email: `${name}-${at}@example.org` });
    expect((await send()).status).toBe(409);
    vi.setSystemTime(now + day);
    expect((await send()).status).toBe(201);
  });

  test('is listed for owners with what became of it', async () => {
    const { body } = await send();
    vi.setSystemTime(now + 7 * day);
    const listed = await askAs(manage, {
      method: 'GET',
      route: invitations,
      path: { organisation },
      claims: claimsOf('owner'),
      query: { limit: '100' },
    });
    expect(listed.body.invitations).toContainEqual({ ...body, state: 'expired' });
  });
});

describe('the page of an invitation', () => {
  test('says to what and as what, in the reader’s language, changes nothing and is never kept', async () => {
    const { body } = await send({ role: 'organiser' });
    const token = await mailed({ body });
    const { status, headers, body: html } = await page(token);
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    expect(html).toContain('<h1>You are invited to work with Minds in Common</h1>');
    expect(html).toContain('as an organiser');
    expect(html).toContain(`name="token" value="${token}"`);
    expect(html).not.toContain('@example.org');
    expect((await store.getInvitation(organisation, body.id))?.state).toBe('sent');
  });

  test('can be read in each language, with its token in those links and the form alone', async () => {
    const token = await mailed(await send());
    const { body: html } = await page(token);
    const inPage = html.replaceAll('%7E', '~');
    for (const language of languages)
      expect(inPage).toContain(
        `<li><a href="/invitation?token=${token}&amp;lang=${language}" lang="${language}"`,
      );
    expect(inPage.split(token)).toHaveLength(1 + languages.length + 1);
  });
});

describe('the news of the table', () => {
  test('is that somebody is invited, without who', async () => {
    const { body } = await send();
    const stored = await store.getInvitation(organisation, body.id);
    const item = { ...stored, sk: `invitation#${body.id}` };
    const news = read.memberNews(undefined, item);
    expect(news).toEqual([
      toEvent('MemberInvited', {
        id: `members:${organisation}~${body.id}:${stored?.version}`,
        at: new Date(now).toISOString(),
        ...{ organisation, invitation: body.id, version: stored?.version ?? 0 },
      }),
    ]);
    expect(JSON.stringify(news)).not.toContain(name);
    expect(read.memberNews(item, item)).toEqual([]);
    expect(read.memberNews(item, { ...item, state: 'withdrawn', version: now + 1 })).toEqual([]);
  });

  test('is none of members and of rosters', () => {
    expect(read.memberNews(undefined, { organisation, sk: 'roster', version: 1 })).toEqual([]);
    expect(read.memberNews(undefined, { organisation, sk: 'member#a', email: 'a@example.org' })).toEqual([]);
  });

  test('cannot be told of an invitation that is none', () => {
    expect(() => read.memberNews(undefined, { organisation, sk: 'invitation#a' })).toThrow();
  });
});

function send(changes: object = {}, headers = {}, who = 'owner') {
  return askAs(manage, {
    method: 'POST',
    route: invitations,
    path: { organisation },
    claims: claimsOf(who),
    headers,
    body: { email: `${name}@example.org`, role: 'viewer', ...changes },
  });
}

/** The token of the link in the mail about it. */
async function mailed({ body }: { body: { id: string } }): Promise<string> {
  const invitation = await store.getInvitation(organisation, body.id);
  if (!invitation) throw new Error('There is no such invitation');
  return new URL(await links.invitationLink(invitation)).searchParams.get('token') ?? '';
}

function take(token: string, claims = claimsOf(name)) {
  return askAs(accept, { method: 'POST', route: '/v1/invitations/accept', claims, body: { token } });
}

function takeBack(invitation: string, headers = {}) {
  return askAs(manage, {
    method: 'DELETE',
    route: `${invitations}/{invitation}`,
    path: { organisation, invitation },
    claims: claimsOf('owner'),
    headers,
  });
}

function page(token: string) {
  return aGetAt(show, '/invitation', { query: { token } });
}

async function roleNow() {
  const { members } = await store.readRoster(organisation);
  return members.find(({ email }) => email === `${name}@example.org`)?.role;
}
