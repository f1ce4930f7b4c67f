import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyLetterAssets } from '../../infra/constructs/letter-assets.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { createMembers } from '../support/a-member.ts';

const assets = mkdtempSync(join(tmpdir(), 'groundswell-seed-'));
let database: Database;

beforeAll(async () => {
  copyLetterAssets(assets);
  database = await aDatabase();
  for (const name of ['Campaigns', 'Network', 'Targets']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Letters', ['campaign', 'letter']);
  await database.createTable('Audit', ['thing', 'entry']);
  await createMembers(database);
  pointSdkTo(database.url, {
    CAMPAIGNS_TABLE: 'Campaigns',
    MEMBERS_TABLE: 'Members',
    LETTERS_TABLE: 'Letters',
    AUDIT_TABLE: 'Audit',
  });
});
afterAll(async () => {
  await database.stop();
  rmSync(assets, { recursive: true, force: true });
});

test('nothing keeps the seeded campaign from being published: letters to its offices can be set in all their languages', async () => {
  await promisify(execFile)(
    process.execPath,
    [fileURLToPath(new URL('../../infra/seed.ts', import.meta.url))],
    {
      env: process.env,
    },
  );
  const { defineLetterTrial } = await import('../../functions/letters/read.ts');
  const { readReview } = await import('../../functions/campaigns/read-review.ts');
  const { isBlocking } = await import('../../functions/campaigns/list-problems.ts');
  const tryLetters = defineLetterTrial(assets, 'https://groundswell.example.org');
  const tried: string[] = [];
  const review = await readReview(
    'mental-health-for-all',
    ['en'],
    async (campaign, targets, now) => {
      tried.push(...targets.map(({ id }) => id));
      return tryLetters(campaign, targets, now);
    },
    Date.now(),
  );
  expect(tried).toHaveLength(8);
  expect(review.problems.filter(isBlocking)).toEqual([]);
  expect(review.problems.map(({ code }) => code)).not.toContain('letters-fall-back');
});
