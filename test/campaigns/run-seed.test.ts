import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { createMembers } from '../support/a-member.ts';

const slug = 'mental-health-for-all';
const tables = {
  NETWORK_TABLE: 'Network',
  CAMPAIGNS_TABLE: 'Campaigns',
  MEMBERS_TABLE: 'Members',
  TARGETS_TABLE: 'Targets',
  LETTERS_TABLE: 'Letters',
};

let database: Database;
let texts: typeof import('../../functions/letters/text-store.ts');
let targets: typeof import('../../functions/targets/target-store.ts');
let campaigns: typeof import('../../functions/campaigns/campaign-store.ts');
let selections: typeof import('../../functions/campaigns/selection-store.ts');

beforeAll(async () => {
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await createMembers(database);
  await database.createTable('Targets', ['pk', 'sk']);
  await database.createTable('Letters', ['campaign', 'letter']);
  pointSdkTo(database.url, tables);
  texts = await import('../../functions/letters/text-store.ts');
  targets = await import('../../functions/targets/target-store.ts');
  campaigns = await import('../../functions/campaigns/campaign-store.ts');
  selections = await import('../../functions/campaigns/selection-store.ts');
});
afterAll(() => database.stop());

/** As `npm run seed` does. */
async function seed(): Promise<string> {
  const script = fileURLToPath(new URL('../../infra/seed.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [script], { env: process.env });
  return stdout;
}

async function everything() {
  const [offices, words, campaign] = await Promise.all([
    targets.listTargets(),
    texts.readTexts(slug),
    campaigns.getStoredCampaign(slug),
  ]);
  return { offices, words, campaign };
}

test('seeding again adds what is missing, and leaves what people have changed', async () => {
  await seed();
  const { offices, words } = await everything();
  expect([offices.length, words.length]).toEqual([8, 12]);

  // A campaigner says it otherwise, the secretariat corrects an office, an organiser leaves one out, and one is not there.
  const [french] = words.filter(({ language }) => language === 'fr');
  if (!french) throw new Error('The seed has no French text');
  const { title: _, place, role, asks, messages } = french;
  await texts.saveText(slug, 'fr', { title: 'Prenez soin', place, role, asks, messages }, noon);
  const [brazil, china, ...others] = offices;
  if (!brazil || !china) throw new Error('The seed has no offices');
  await targets.putTargets([{ ...brazil, note: 'Corrected' }], Date.now());
  await selections.saveSelection(
    slug,
    { selection: { rules: [{}], ids: [], except: [brazil.id] }, count: 7 },
    () => true,
    () => [],
  );
  await database.call('DeleteItem', {
    TableName: 'Targets',
    Key: { pk: { S: 'targets' }, sk: { S: china.id } },
  });
  const changed = await everything();

  await seed();
  expect(await everything()).toEqual({
    ...changed,
    offices: [{ ...brazil, note: 'Corrected' }, china, ...others],
  });
});

test('an office that people have under another id is not seeded beside it, and the rest is', async () => {
  const [brazil, china] = await targets.listTargets();
  if (!brazil || !china) throw new Error('The seed has no offices');
  for (const { id } of [brazil, china])
    await database.call('DeleteItem', { TableName: 'Targets', Key: { pk: { S: 'targets' }, sk: { S: id } } });
  await targets.putTargets([{ ...brazil, id: 'brasil-saude' }], Date.now());
  expect(await seed()).toContain('br-health');
  const ids = (await targets.listTargets()).map(({ id }) => id);
  expect(ids).toContain('brasil-saude');
  expect(ids).toContain(china.id);
  expect(ids).not.toContain(brazil.id);
});

test('an organisation that has members keeps its members: who was removed does not come back', async () => {
  const members = await import('../../functions/members/member-store.ts');
  const before = await members.readRoster('demo-network');
  expect(before.members.map(({ role }) => role).sort()).toEqual(['organiser', 'owner', 'reviewer', 'viewer']);
  const [removed] = before.members;
  if (!removed) throw new Error('The seed has no members');
  await members.saveRoster(before, { removed }, []);
  await seed();
  const { members: left } = await members.readRoster('demo-network');
  expect(left).toEqual(before.members.filter(({ id }) => id !== removed.id));
});
