import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Campaign } from '../../functions/campaigns/campaign.ts';
import { SimilarCampaigns } from '../../functions/campaigns/similar-view.ts';
import { copyLetterAssets } from '../../infra/constructs/letter-assets.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { aCampaign, aCampaignText, day, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, askAs, claimsOf } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { aLetterText } from '../support/a-letter-text.ts';
import { aTarget } from '../support/a-target.ts';

type Handler = Parameters<typeof askAs>[0];

const assets = mkdtempSync(join(tmpdir(), 'groundswell-publish-'));
let database: Database;
let problems: Handler;
let similar: Handler;
let publish: Handler;
let store: typeof import('../../functions/campaigns/campaign-store.ts');
let views: typeof import('../../functions/campaigns/review-view.ts');

beforeAll(async () => {
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  copyLetterAssets(assets);
  database = await aDatabaseWithCampaigners();
  await database.createTable('Letters', ['campaign', 'letter']);
  await database.createTable('Targets', ['pk', 'sk']);
  pointSdkTo(database.url, {
    LETTERS_TABLE: 'Letters',
    SITE_URL: 'https://groundswell.example.org',
    LAMBDA_TASK_ROOT: assets,
  });
  for (const office of offices) await database.put('Targets', { pk: 'targets', sk: office.id, ...office });
  for (const language of ['en', 'fr']) await putText(aLetterText({ language }));
  ({ handler: problems } = await import('../../functions/campaigns/get-problems.http.ts'));
  ({ handler: similar } = await import('../../functions/campaigns/get-similar.http.ts'));
  ({ handler: publish } = await import('../../functions/campaigns/publish.http.ts'));
  store = await import('../../functions/campaigns/campaign-store.ts');
  views = await import('../../functions/campaigns/review-view.ts');
});
beforeEach(async () => {
  vi.setSystemTime(noon);
  for (const slug of ['chapter', 'sister', 'other', 'theirs', 'hidden']) await put({ slug, ...elsewhere });
  await put(draft);
});
afterAll(async () => {
  await database.stop();
  rmSync(assets, { recursive: true, force: true });
});

const offices = [
  aTarget(),
  aTarget({ id: 'fr-health', area_id: 'FR', label: { fr: 'Ministère de la Santé' }, languages: ['fr'] }),
  aTarget({ id: 'eg-health', area_id: 'EG', label: { en: 'Ministry of 𓀀' } }),
  aTarget({ id: 'mm-health', area_id: 'MM', label: { en: 'Ministry of ကျန်း' } }),
  aTarget({
    id: 'us-health',
    area_id: 'US',
    contact_details: [
      { type: 'email', value: 'a@health.example.org', status: 'unverified' },
      { type: 'address', value: 'A\n'.repeat(11), status: 'unverified' },
    ],
  }),
  aTarget({ id: 'th-health', area_id: 'TH', languages: ['th'] }),
];
const to = (...ids: string[]): Campaign['targets'] => ({ rules: [], ids, except: [] });

/** What others have is not like it, unless a test says so. */
const elsewhere: Partial<Campaign> = { status: 'archived', targets: to(), topics: [] };
const draft = aCampaign({
  slug: 'root',
  status: 'draft',
  version: 3,
  texts: { en: aCampaignText() },
  partners: ['partner-org'],
  opensAt: '2026-12-01T00:00:00Z',
  targets: to('fr-health', 'ke-health'),
});

function put(changes: Partial<Campaign> & { slug: string }): Promise<unknown> {
  return database.put('Campaigns', { pk: 'campaign', sk: changes.slug, ...aCampaign(changes) });
}

function putText(text: ReturnType<typeof aLetterText>): Promise<unknown> {
  return database.put('Letters', { ...text, campaign: 'texts#root', letter: `latest#${text.language}` });
}

test('a petition without letters is published without words for them, and the trial of letters is not run', async () => {
  const { letters: _, ...petition } = { ...draft, topics: ['funding' as const], targets: to('eg-health') };
  await database.put('Campaigns', { pk: 'campaign', sk: 'root', ...petition });
  const told = await read(problems);
  expect(told.body.problems.map(({ code }: { code: string }) => code)).toContain('letters-off');
  expect(told.body.problems.map(({ code }: { code: string }) => code)).not.toContain('letter-not-typeset');
  expect(await send()).toMatchObject({ status: 200, body: { status: 'scheduled' } });
});

interface Asked {
  as?: string;
  slug?: string;
  body?: object;
  ifMatch?: string;
}

const read = (handler: Handler, { as = 'organiser', slug = 'root' }: Asked = {}) =>
  askAs(handler, { method: 'GET', path: { slug }, claims: claimsOf(as) });

const send = ({ as = 'organiser', slug = 'root', body = {}, ifMatch }: Asked = {}) =>
  askAs(publish, {
    method: 'POST',
    path: { slug },
    claims: claimsOf(as),
    headers: ifMatch === undefined ? {} : { 'if-match': ifMatch },
    body,
  });

const codesOf = ({ body }: Awaited<ReturnType<typeof read>>, severity = 'blocks') =>
  views.CampaignReview.parse(body)
    .problems.filter((problem) => problem.severity === severity)
    .map(({ code }) => code);

async function logged() {
  const { Items } = await database.call('Scan', { TableName: 'Audit' });
  return Items.map((item: Parameters<typeof unmarshall>[0]) => unmarshall(item));
}

test.each([
  ['viewer', 200, 403],
  ['reviewer', 200, 403],
  ['organiser', 200, 200],
  ['owner', 200, 200],
  ['secretariat', 200, 200],
  ['partner', 200, 403],
  ['outsider', 404, 404],
  ['stranger', 404, 404],
])(
  '%s is answered %i who reads the problems of a campaign, and %i who publishes it',
  async (as, reads, publishes) => {
    expect((await read(problems, { as })).status).toBe(reads);
    expect((await read(similar, { as })).status).toBe(reads);
    expect((await send({ as })).status).toBe(publishes);
    expect((await store.getStoredCampaign('root'))?.status).toBe(publishes === 200 ? 'live' : 'draft');
  },
);

describe('the problems of a campaign', () => {
  test('of which none blocks let it be published', async () => {
    const answer = await read(problems);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"3"', 'cache-control': 'no-store' } });
    expect(views.CampaignReview.parse(answer.body)).toMatchObject({
      campaign: 'root',
      publishable: true,
      similar: [],
    });
    expect(codesOf(answer)).toEqual([]);
    expect(codesOf(answer, 'warns')).toEqual([
      'no-topic',
      'reserved-address',
      'unknown-organisation',
      'unknown-organisation',
    ]);
  });

  test('of a campaign that is published already are told, and it is not publishable', async () => {
    await put({ ...draft, status: 'live' });
    expect((await read(problems)).body).toMatchObject({ publishable: false });
  });

  test('are letters that cannot be typeset: each office in a script without a font, with the characters', async () => {
    await put({ ...draft, targets: to('eg-health', 'ke-health', 'mm-health') });
    const { body } = await read(problems);
    const told = views.CampaignReview.parse(body).problems.filter(
      ({ code }) => code === 'letter-not-typeset',
    );
    expect(told).toMatchObject([
      { severity: 'blocks', target: 'eg-health', language: 'en', message: expect.stringContaining('𓀀') },
      { severity: 'blocks', target: 'mm-health', language: 'en', message: expect.stringContaining('က') },
    ]);
    expect(body.publishable).toBe(false);
  });

  test('are offices whose entry does not fit a letter, with the part that does not', async () => {
    await put({ ...draft, targets: to('ke-health', 'us-health') });
    const [problem] = views.CampaignReview.parse((await read(problems)).body).problems;
    expect(problem).toMatchObject({ code: 'letter-not-typeset', target: 'us-health' });
    expect(problem?.message).toContain('addressee.addressLines');
  });

  test('are words of a letter that no font can show, in each language', async () => {
    await putText(aLetterText({ language: 'fr', title: 'La santé 𓀀' }));
    const { body } = await read(problems);
    await putText(aLetterText({ language: 'fr' }));
    expect(body.problems[0]).toMatchObject({
      code: 'letter-not-typeset',
      target: 'fr-health',
      language: 'fr',
    });
  });

  test('are offices that are written to in another language, or cannot be', async () => {
    await put({ ...draft, targets: to('ke-health', 'th-health') });
    expect((await read(problems)).body.problems).toContainEqual(
      expect.objectContaining({ code: 'letters-fall-back', language: 'th', count: 1 }),
    );
    await put({ ...draft, defaultLanguage: 'sw', targets: to('ke-health', 'th-health') });
    expect(codesOf(await read(problems))).toEqual(['no-default-text', 'no-letter-text']);
  });

  test('are a moment and a root that are not there', async () => {
    await put({ ...draft, moment: 'some-day', partOf: 'nowhere' });
    expect(codesOf(await read(problems))).toEqual(['no-such-moment', 'no-such-root']);
  });

  test('are looked for without keeping or sending anything', async () => {
    await read(problems);
    const { Count } = await database.call('Scan', { TableName: 'Letters' });
    expect(Count).toBe(2);
  });
});

describe('similar campaigns', () => {
  test('are those of others that can be joined, with what is the same and how', async () => {
    await database.put('Network', {
      ...{ pk: 'organisation', sk: 'other-org', slug: 'other-org' },
      ...{ name: 'Lantern Hill Forum', url: 'https://lantern-hill.example.org/' },
    });
    await put({ slug: 'theirs', owner: 'other-org', targets: to('ke-health'), topics: ['work'] });
    await put({ slug: 'other', owner: 'other-org', status: 'paused', targets: draft.targets });
    await put({ slug: 'hidden', owner: 'other-org', status: 'draft', targets: draft.targets });
    await put({ slug: 'chapter', partOf: 'root', targets: draft.targets });
    const { body } = await read(similar);
    expect(SimilarCampaigns.parse(body)).toMatchObject({
      campaign: 'root',
      count: 2,
      similar: [
        {
          slug: 'other',
          status: 'paused',
          alike: 40,
          mustBeSeen: true,
          same: { offices: { count: 2, share: 1 } },
        },
        {
          slug: 'theirs',
          title: 'Mental health for all',
          language: 'en',
          owner: { name: 'Lantern Hill Forum', url: 'https://lantern-hill.example.org/' },
          url: '/c/theirs',
          alike: 20,
          mustBeSeen: false,
          same: { topics: [], offices: { count: 1, share: 0.5 } },
          join: { root: 'theirs', how: expect.stringContaining('Lantern Hill Forum') },
        },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('hidden');
  });

  test('are compared by the moment of their roots, and joined there', async () => {
    await put({ slug: 'other', owner: 'other-org', moment: 'world-day', targets: to() });
    await put({ slug: 'theirs', owner: 'chapter-org', partOf: 'other', targets: to() });
    await put({ ...draft, moment: 'world-day' });
    const { body } = await read(similar);
    expect(body.similar).toMatchObject([
      { slug: 'other', same: { moment: 'world-day' }, join: { root: 'other' } },
      { slug: 'theirs', same: { moment: 'world-day' }, join: { root: 'other' } },
    ]);
    expect(body.similar[1].join.how).toMatch(/^Ask (?:other-org|Lantern Hill Forum) to invite/);
  });

  test('of one’s own organisation are told, too: a chapter of it can be begun', async () => {
    await put({ slug: 'other', owner: 'demo-network', targets: draft.targets });
    const [first] = (await read(similar)).body.similar;
    expect(first).toMatchObject({
      slug: 'other',
      join: { how: expect.stringMatching(/^It is of your own/) },
    });
  });
});

describe('publishing', () => {
  test('makes a draft scheduled until it opens, and tells the log, in one transaction', async () => {
    const before = (await logged()).length;
    const answer = await send({ ifMatch: '"3"', body: { reason: 'Agreed' } });
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"4"' } });
    expect(views.PublishedCampaign.parse(answer.body)).toMatchObject({
      status: 'scheduled',
      opensAt: draft.opensAt,
      similar: [],
    });
    expect(await store.getStoredCampaign('root')).toEqual({
      ...draft,
      status: 'live',
      version: 4,
      changedIn: { status: 4 },
    });
    const entries = await logged();
    expect(entries).toHaveLength(before + 1);
    expect(entries).toContainEqual(
      expect.objectContaining({
        thing: 'campaign:root',
        verb: 'runCampaign',
        by: { subject: 'subject-of-organiser', email: 'organiser@example.org' },
        changes: { status: { before: 'draft', after: 'live' } },
        reason: 'Agreed',
      }),
    );
  });

  test('what has opened already makes it live', async () => {
    await put({
      ...draft,
      opensAt: '2026-11-01T00:00:00Z',
      closesAt: new Date(noon + 9 * day).toISOString(),
    });
    expect((await send()).body).toMatchObject({ status: 'live', closesAt: '2026-11-29T12:00:00.000Z' });
  });

  test('is refused with everything that blocks, and nothing is changed', async () => {
    const wrong = { ...draft, targets: to('eg-health'), consents: [], closesAt: '2026-12-01T00:00:00Z' };
    const texts = { en: aCampaignText({ title: ' ' }) };
    await put({ ...wrong, consents: [{ ...aCampaign().consents[0], required: false }] as never, texts });
    const stored = await store.getStoredCampaign('root');
    const answer = await send({ body: { similar: 'seen' } });
    expect(answer.status).toBe(409);
    const { type, errors = [] } = ProblemDocument.parse(answer.body);
    expect(type).toBe('urn:groundswell:problem:conflict');
    expect(errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/texts/en/title', 'missing-translation'],
      ['/consents', 'no-required-consent'],
      ['/opensAt', 'opens-after-closing'],
      ['', 'letter-not-typeset'],
    ]);
    expect(await store.getStoredCampaign('root')).toEqual(stored);
  });

  test('beside a campaign to the same offices asks to look at it first', async () => {
    await put({ slug: 'other', owner: 'other-org', targets: draft.targets });
    const refused = await send();
    expect(refused.status).toBe(409);
    expect(refused.body.errors).toMatchObject([{ pointer: '/similar', code: 'similar-campaign' }]);
    expect(refused.body.errors[0].message).toMatch(
      /^“Mental health for all” \(other\) .* 2 offices \(100 % of yours\)/,
    );
    expect((await store.getStoredCampaign('root'))?.status).toBe('draft');
    const seen = await send({ body: { similar: 'seen' } });
    expect(seen).toMatchObject({ status: 200, body: { similar: [{ slug: 'other' }] } });
  });

  test('beside one that has little in common asks nothing', async () => {
    await put({ slug: 'other', owner: 'other-org', targets: to('ke-health') });
    expect(await send()).toMatchObject({ status: 200, body: { similar: [{ slug: 'other', alike: 20 }] } });
  });

  test('a second time answers the same and writes nothing', async () => {
    await send({ ifMatch: '"3"' });
    const before = (await logged()).length;
    expect(await send({ ifMatch: '"3"' })).toMatchObject({ status: 200, headers: { etag: '"4"' } });
    expect(await logged()).toHaveLength(before);
  });

  test.each(['paused', 'closed', 'archived'] as const)('what is %s is refused', async (status) => {
    await put({ ...draft, status });
    expect(await send()).toMatchObject({ status: 409, body: { detail: expect.stringContaining(status) } });
  });

  test('another version than the one that was seen is refused', async () => {
    expect((await send({ ifMatch: '"2"' })).status).toBe(412);
    expect((await store.getStoredCampaign('root'))?.status).toBe('draft');
  });

  test('what somebody changes while it is looked through is refused: nobody has looked at that', async () => {
    let reads = 0;
    database.failBy(async (operation, body) => {
      const { Key, ConsistentRead } = body as { Key?: { sk?: { S: string } }; ConsistentRead?: boolean };
      if (operation === 'GetItem' && Key?.sk?.S === 'root' && ConsistentRead && ++reads === 2)
        await put({ ...draft, version: 4, targets: to('eg-health'), changedIn: { targets: 4 } });
      return undefined;
    });
    const answer = await send();
    database.failBy(undefined);
    expect(answer).toMatchObject({ status: 412, body: { errors: [{ pointer: '/targets' }] } });
    expect((await store.getStoredCampaign('root'))?.status).toBe('draft');
  });

  test.each([[{ similar: 'yes' }], [{ force: true }], [[]], ['publish']])('is not %j', async (body) => {
    expect((await send({ body: body as object })).status).toBe(422);
  });
});
