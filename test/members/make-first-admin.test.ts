import { afterAll, beforeAll, expect, test } from 'vitest';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aMember, createMembers } from '../support/a-member.ts';

let database: Database;
let command: typeof import('../../functions/members/make-first-admin.command.ts').handler;
let store: typeof import('../../functions/members/member-store.ts');
let log: typeof import('../../functions/audit/log-store.ts');

beforeAll(async () => {
  database = await aDatabase();
  await createMembers(database);
  await database.createTable('Audit', ['thing', 'entry']);
  pointSdkTo(database.url, {
    MEMBERS_TABLE: 'Members',
    AUDIT_TABLE: 'Audit',
    SITE_URL: 'https://groundswell.example.org',
  });
  ({ handler: command } = await import('../../functions/members/make-first-admin.command.ts'));
  store = await import('../../functions/members/member-store.ts');
  log = await import('../../functions/audit/log-store.ts');
});
afterAll(() => database.stop());

/** Tests share one secretariat, which nobody is a member of at first. */
const membersNow = async () =>
  (await store.readRoster('secretariat')).members.map(({ email, role }) => [email, role]);

test.each([{}, { email: 'nobody' }, { email: 'you@example.org', role: 'owner' }, 'you@example.org'])(
  'what is not an address alone (%j) makes nobody a member, and says why',
  async (request) => {
    const { done, message } = await command(request);
    expect([done, message]).toEqual([false, expect.stringMatching(/\w\. \w/)]);
    expect(await membersNow()).toEqual([]);
  },
);

test('of two who are made the first member at once, one is, and the log says so', async () => {
  const answers = await Promise.all([
    command({ email: 'First@Example.org' }),
    command({ email: 'first@example.org' }),
  ]);
  expect(answers.filter(({ done }) => done)).toEqual([
    {
      done: true,
      message: 'Sign in with this address at https://groundswell.example.org/dashboard',
    },
  ]);
  expect(await membersNow()).toEqual([['first@example.org', 'secretariat']]);
  expect((await log.readLog('organisation:secretariat', { limit: 9 })).entries).toMatchObject([
    {
      verb: 'makeFirstAdmin',
      by: { subject: 'operator', email: '' },
      changes: { member: { after: { email: 'first@example.org', role: 'secretariat' } } },
    },
  ]);
});

test('once there is a member of the secretariat, nobody is made another', async () => {
  const { done, message } = await command({ email: 'second@example.org' });
  expect([done, message]).toEqual([false, expect.stringContaining('ask them to invite you')]);
  expect(await membersNow()).toEqual([['first@example.org', 'secretariat']]);
});

test('who is a member with another role becomes one of the secretariat, and stays the same member', async () => {
  const { makeFirstAdmin } = await import('../../functions/members/make-first-admin.ts');
  const viewer = aMember('viewer', 'viewer', 'secretariat');
  const { answer } = makeFirstAdmin(
    { organisation: 'secretariat', version: 3, members: [viewer], invitations: [] },
    viewer.email,
    { id: 'another', now: 0 },
  );
  expect(answer).toEqual({ ...viewer, role: 'secretariat', version: 2 });
});
