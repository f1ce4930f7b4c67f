import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Letter, toLetterId } from '../../functions/letters/letter.ts';
import { copyLetterAssets } from '../../infra/constructs/letter-assets.ts';
import { toEvent } from '../../shared/events/catalogue.ts';
import { aCampaign, aWritingCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aLetterText } from '../support/a-letter-text.ts';
import { aStoredLetter } from '../support/a-stored-letter.ts';
import { aTarget } from '../support/a-target.ts';
import { aQueueBatch } from '../support/an-event.ts';

const assets = mkdtempSync(join(tmpdir(), 'groundswell-compose-'));
const letter = aStoredLetter();
const slug = letter.campaign;
let database: Database;
let bucket: Bucket;
let handler: typeof import('../../functions/letters/compose-letter.event.ts').handler;

beforeAll(async () => {
  vi.setSystemTime(noon);
  copyLetterAssets(assets);
  [database, bucket] = await Promise.all([aDatabase(), aBucket()]);
  await database.createTable('Letters', ['campaign', 'letter']);
  for (const name of ['Campaigns', 'Network', 'Targets']) await database.createTable(name, ['pk', 'sk']);
  pointSdkTo(bucket.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    LETTERS_TABLE: 'Letters',
    CAMPAIGNS_TABLE: 'Campaigns',
    TARGETS_TABLE: 'Targets',
    LETTERS_BUCKET: 'letters',
    SITE_URL: 'https://groundswell.example.org',
    LAMBDA_TASK_ROOT: assets,
  });
  await database.put('Letters', letter);
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign() });
  const texts = await import('../../functions/letters/text-store.ts');
  const { campaign: _, language: __, version: ___, savedAt: ____, ...words } = aLetterText();
  await texts.saveText(slug, 'en', words, noon);
  ({ handler } = await import('../../functions/letters/compose-letter.event.ts'));
});
afterAll(async () => {
  bucket.stop();
  await database.stop();
  rmSync(assets, { recursive: true, force: true });
});

test('a letter has the file of its SHA-256, also when it was composed twice and the office changed in between', async () => {
  await putOffice('Ministry of Health');
  bucket.beforeFirst = async () => {
    await putOffice('Ministry of Health and Care');
    expect(await compose()).toEqual([]);
  };
  expect(await compose()).toEqual([]);
  const pdf = (await stored())?.pdf;
  const file = bucket.files.get(`/letters/${pdf?.key}`);
  expect(
    createHash('sha256')
      .update(file ?? '')
      .digest('hex'),
  ).toBe(pdf?.sha256);
});

const byPost = aTarget({ channel: 'post' });
const unreachable = aTarget({ contact_details: [] });
const approving = aCampaign({ letters: { ...aWritingCampaign().letters, approval: true } });

test.each([
  ['is approved', aTarget(), aCampaign(), { state: 'approved' }],
  ['waits for whoever approves', aTarget(), approving, { state: 'composed' }],
  ['waits for whoever brings it', byPost, aCampaign(), { state: 'composed', reason: 'not-by-email' }],
  ['waits for whoever approves, before anybody brings it', byPost, approving, { state: 'composed' }],
  ['cannot go out without an address', unreachable, aCampaign(), { state: 'failed', reason: 'no-address' }],
] as const)('a composed letter %s', async (_, target, campaign, { state, ...why }) => {
  await database.put('Letters', letter);
  await database.put('Targets', { pk: 'targets', sk: letter.target, ...target });
  await putCampaign(campaign);
  expect(await compose()).toEqual([]);
  const after = await stored();
  expect([after?.state, after?.reason]).toEqual([state, 'reason' in why ? why.reason : undefined]);
  expect(after?.named).toEqual({
    office: 'Ministry of Health',
    organisations: ['demo-network', 'other-org'],
  });
  expect(after?.text).toEqual({ language: 'en', version: 1, fallback: false });
});

test('a letter is composed for whoever approves from a second after the campaign asked for it', async () => {
  await putOffice('Ministry of Health');
  await putCampaign(aCampaign());
  for (const state of ['approved', 'composed']) {
    await database.put('Letters', letter);
    expect(await compose()).toEqual([]);
    expect(await stored()).toMatchObject({ state });
    await database.put('Campaigns', { pk: 'campaign', sk: slug, ...approving });
    vi.setSystemTime(Date.now() + 1_000);
  }
});

test('a letter for which the campaign has no words has failed, and says so', async () => {
  await database.put('Letters', letter);
  await database.put('Targets', { pk: 'targets', sk: letter.target, ...aTarget({ languages: ['sw'] }) });
  await putCampaign(aCampaign({ defaultLanguage: 'fr' }));
  vi.spyOn(console, 'error').mockReturnValueOnce();
  expect(await compose()).toEqual([]);
  expect(await stored()).toMatchObject({ state: 'failed', reason: 'no-text' });
});

describe('a letter that is composed while somebody', () => {
  test.each([
    ['has it typeset anew', { state: 'requested', version: letter.version + 2 }],
    ['cancels it', { state: 'cancelled', version: letter.version + 1 }],
  ] as const)('%s is not kept as it was begun', async (_, changes) => {
    await database.put('Letters', letter);
    await putOffice('Ministry of Health');
    await putCampaign(aCampaign());
    bucket.beforeFirst = async () => void (await database.put('Letters', { ...letter, ...changes }));
    expect(await compose()).toEqual([]);
    expect(await stored()).toEqual({ ...letter, ...changes });
  });
});

test('a letter of a campaign that writes none any more is cancelled, and one that writes them again is composed', async () => {
  const { letters: _, ...petition } = aCampaign();
  await database.put('Letters', letter);
  await putCampaign(petition);
  vi.spyOn(console, 'info').mockReturnValueOnce();
  expect(await compose()).toEqual([]);
  expect(await stored()).toMatchObject({ state: 'cancelled', reason: 'letters-off' });
  // That none are written is never said by what was read a while ago.
  await database.put('Letters', letter);
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...aCampaign() });
  vi.setSystemTime(Date.now() + 1_000);
  expect(await compose()).toEqual([]);
  expect(await stored()).toMatchObject({ state: 'approved' });
});

/** The campaign is read again once it is 30 s old. */
async function putCampaign(campaign: object): Promise<void> {
  await database.put('Campaigns', { pk: 'campaign', sk: slug, ...campaign });
  vi.setSystemTime(Date.now() + 31_000);
}

function putOffice(name: string): Promise<unknown> {
  return database.put('Targets', { pk: 'targets', sk: letter.target, ...aTarget({ label: { en: name } }) });
}

async function compose(): Promise<string[]> {
  const detail = {
    id: `letters:${toLetterId(letter)}:1`,
    at: new Date(noon).toISOString(),
    campaign: slug,
    letter: toLetterId(letter),
    target: letter.target,
  };
  const { batchItemFailures } = await handler(aQueueBatch([toEvent('LetterRequested', detail)]));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

async function stored(): Promise<Letter | undefined> {
  return (await import('../../functions/letters/letter-store.ts')).getLetter(letter);
}

interface Bucket {
  url: string;
  /** By their paths. */
  files: Map<string, Buffer>;
  /** Happens before the first file is kept. */
  beforeFirst?: (() => Promise<void>) | undefined;
  stop(): void;
}

async function aBucket(): Promise<Bucket> {
  const files: Bucket['files'] = new Map();
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { beforeFirst } = kept;
    kept.beforeFirst = undefined;
    await beforeFirst?.();
    files.set(new URL(request.url ?? '', 'http://bucket').pathname, Buffer.concat(chunks));
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const kept: Bucket = { url: `http://127.0.0.1:${port}`, files, stop: () => server.close() };
  return kept;
}
