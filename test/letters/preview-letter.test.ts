import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { LetterPreview } from '../../functions/letters/preview-view.ts';
import { copyLetterAssets } from '../../infra/constructs/letter-assets.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, claimsOf } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { aLetterText } from '../support/a-letter-text.ts';
import { aTarget } from '../support/a-target.ts';
import { readPdf, withoutSpace } from '../support/read-pdf.ts';

type Handler = typeof import('../../functions/letters/preview-letter.http.ts').handler;

const assets = mkdtempSync(join(tmpdir(), 'groundswell-preview-'));
let database: Database;
let preview: Handler;

beforeAll(async () => {
  vi.setSystemTime(noon);
  for (const level of ['info', 'warn', 'error'] as const) vi.spyOn(console, level).mockReturnValue();
  copyLetterAssets(assets);
  database = await aDatabaseWithCampaigners();
  await database.createTable('Letters', ['campaign', 'letter']);
  for (const name of ['Targets', 'Tallies']) await database.createTable(name, ['pk', 'sk']);
  pointSdkTo(database.url, {
    LETTERS_TABLE: 'Letters',
    TARGETS_TABLE: 'Targets',
    TALLIES_TABLE: 'Tallies',
    SITE_URL: 'https://groundswell.example.org',
    LAMBDA_TASK_ROOT: assets,
  });
  await Promise.all(
    offices.map((office) => database.put('Targets', { pk: 'targets', sk: office.id, ...office })),
  );
  for (const language of ['en', 'fr', 'sw'])
    await putText(aLetterText({ language, title: titles[language] ?? '' }));
  await putTally({ s: 12, 's@KE': 7, 's@FR': 5, p: 1, 'n#EUR': 1, 'a#EUR': 2_500 }, ['world#10']);
  await database.put('Tallies', { pk: 'root#hours', sk: 'hour#2026-11-19T10', s: 4 });
  await database.put('Tallies', { pk: 'root#hours', sk: 'hour#2026-11-20T10', s: 8 });
  ({ handler: preview } = await import('../../functions/letters/preview-letter.http.ts'));
});
beforeEach(() => vi.setSystemTime(noon));
afterAll(async () => {
  await database.stop();
  rmSync(assets, { recursive: true, force: true });
});

const titles: Record<string, string> = {
  en: 'Mental health for all',
  fr: 'La santé mentale pour tous',
  sw: 'Afya ya akili kwa wote',
};
const offices = [
  aTarget({ languages: ['sw', 'en'] }),
  aTarget({
    id: 'fr-health',
    area_id: 'FR',
    label: { fr: 'Ministère de la Santé' },
    languages: ['fr'],
    channel: 'post',
    requirements: { sender_identity: 'Registration of the association' },
  }),
  aTarget({ id: 'mn-health', area_id: 'MN', languages: ['mn'] }),
  aTarget({ id: 'xx-health', area_id: 'EG', label: { en: 'Ministry of 𓀀' }, languages: ['en'] }),
  aTarget({ id: 'ke-mission', classification: 'mission' }),
];

describe('the preview of a letter', () => {
  test('is a PDF in the office’s language with the figures of now, marked as a draft on each page', async () => {
    const answer = await ask({ target: 'ke-health' });
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': 'inline; filename="R-2026-DRAFT.pdf"',
        'cache-control': 'no-store',
        'groundswell-missing': 'no-holder, no-salutation, no-office-name, no-phone',
      },
    });
    const pdf = await readPdf(answer.bytes());
    expect(pdf.language).toMatch(/^sw/);
    expect(pdf.text.split('RASIMU').length).toBeGreaterThan(pdf.pages);
    for (const words of [titles['sw'] ?? '', 'R-2026-DRAFT', '12'])
      expect(pdf.text).toContain(withoutSpace(words));
  });

  test('is told in JSON, with the address of the PDF', async () => {
    const answer = await ask({ target: 'fr-health' }, { accept: 'application/json' });
    expect(answer).toMatchObject({ status: 200, headers: { 'cache-control': 'no-store' } });
    expect(LetterPreview.parse(answer.json())).toEqual(answer.json());
    expect(answer.json()).toMatchObject({
      campaign: 'root',
      target: 'fr-health',
      language: 'fr',
      textVersion: 1,
      fallback: false,
      pdf: {
        bytes: expect.any(Number),
        url: '/v1/campaigns/root/letters/preview?target=fr-health&format=pdf',
      },
    });
    expect(codesIn(answer)).toEqual([
      'not-by-email',
      'requirements',
      'no-holder',
      'no-salutation',
      'no-phone',
    ]);
    const { bytes, url } = answer.json().pdf;
    const query = Object.fromEntries(new URL(url, 'https://x.example').searchParams);
    expect((await ask(query, { accept: 'application/json' })).bytes()).toHaveLength(bytes);
  });

  test('is in another language of the campaign if that is asked for', async () => {
    const answer = await ask({ target: 'ke-health', lang: 'fr-CA', format: 'json' });
    expect(answer.json()).toMatchObject({ language: 'fr', fallback: true });
    expect(codesIn(answer)).not.toContain('no-text');
    expect(answer.json().pdf.url).toContain('lang=fr-CA');
  });

  test('is in the campaign’s own language where it has none of the office’s, and says so', async () => {
    const answer = await ask({ target: 'mn-health', format: 'json' });
    expect(answer.json()).toMatchObject({ language: 'en', fallback: true });
    expect(codesIn(answer)).toContain('no-text');
  });

  test('is of the last milestone that was reached, or of the next one before that', async () => {
    const { text } = await readPdf((await ask({ target: 'ke-health', lang: 'en' })).bytes());
    expect(text).toContain(withoutSpace('12'));
    await putTally({ s: 3, 's@KE': 3 }, []);
    const before = await readPdf((await ask({ target: 'ke-health', lang: 'en' })).bytes());
    expect(before.text).toContain('10');
    await putTally({ s: 12, 's@KE': 7, 's@FR': 5, p: 1, 'n#EUR': 1, 'a#EUR': 2_500 }, ['world#10']);
  });

  test('keeps nothing', async () => {
    await ask({ target: 'ke-health' });
    const { Items } = await database.call('Scan', { TableName: 'Letters' });
    expect(Items.map(({ campaign }: { campaign: { S: string } }) => campaign.S)).toEqual(
      Array.from({ length: 3 }, () => 'texts#root'),
    );
  });

  test('that no font can show is 422 as PDF and told in JSON, with the characters', async () => {
    const pdf = await ask({ target: 'xx-health' });
    expect(pdf).toMatchObject({ status: 422, headers: { 'content-type': 'application/problem+json' } });
    expect(pdf.json().errors).toContainEqual({
      pointer: '/target',
      code: 'missing-glyph',
      message: expect.stringContaining('𓀀'),
    });
    const json = await ask({ target: 'xx-health', format: 'json' });
    expect(json).toMatchObject({ status: 200 });
    expect(json.json().pdf).toBeNull();
    expect(codesIn(json)).toContain('missing-glyph');
  });

  test('of a campaign without a text for it is 422 as PDF, and null in JSON', async () => {
    const pdf = await ask({ target: 'ke-health' }, {}, { slug: 'other', name: 'outsider' });
    expect(pdf.json().errors).toContainEqual(expect.objectContaining({ code: 'no-text' }));
    const json = await ask({ target: 'ke-health', format: 'json' }, {}, { slug: 'other', name: 'outsider' });
    expect(json.json()).toMatchObject({ language: null, textVersion: null, fallback: true, pdf: null });
  });
});

describe('a preview is refused', () => {
  test.each([
    [{}, '/target', 'required', /required/],
    [{ target: 'ke-mission' }, '/target', 'not-a-target', /does not write to this office/],
    [{ target: 'nobody' }, '/target', 'not-a-target', /does not write to this office/],
    [{ target: 'ke-health', lang: 'hi' }, '/lang', 'no-text', /it has: en, fr, sw\.$/],
    [{ target: 'ke-health', lang: '<script>' }, '/lang', 'no-text', /it has: en, fr, sw\.$/],
    [{ target: 'ke-health', format: 'docx' }, '/format', 'invalid-value', /pdf or json/],
  ])('when it is asked for by %j', async (query, pointer, code, message) => {
    const answer = await ask(query);
    expect(answer.status).toBe(422);
    expect(answer.json().errors).toMatchObject([{ pointer, code, message: expect.stringMatching(message) }]);
  });

  test.each([
    ['viewer', 200],
    ['organiser', 200],
    ['secretariat', 200],
    ['outsider', 404],
    ['stranger', 404],
  ])('to a %s? It is answered %i', async (name, status) => {
    expect((await ask({ target: 'ke-health' }, {}, { name })).status).toBe(status);
  });
});

test('markup of any kind in the registry is printed as it is', async () => {
  const name = '#strong[x] $x$ <b>&amp;</b> {count, plural, other {#}} \\u{41}';
  const office = aTarget({ id: 'br-health', area_id: 'BR', label: { en: name }, holder: { name } });
  await database.put('Targets', { pk: 'targets', sk: office.id, ...office });
  // The registry is kept for 30 s.
  vi.setSystemTime(noon + 31_000);
  const { text } = await readPdf((await ask({ target: 'br-health', lang: 'en' })).bytes());
  expect(text.split(withoutSpace(name)).length).toBeGreaterThanOrEqual(3);
});

test('of a campaign that writes no letters is refused, and says what to do', async () => {
  const { letters: _, ...petition } = aCampaign({ slug: 'petition' });
  await database.put('Campaigns', { pk: 'campaign', sk: 'petition', ...petition });
  const answer = await ask({ target: 'ke-health' }, {}, { slug: 'petition' });
  expect([answer.status, answer.json()]).toMatchObject([
    409,
    { detail: expect.stringContaining('give it `letters` in its settings') },
  ]);
});

function codesIn(answer: { json(): LetterPreview }): string[] {
  return answer.json().missing.map(({ code }) => code);
}

async function putText(text: ReturnType<typeof aLetterText>): Promise<void> {
  await database.put('Letters', { ...text, campaign: 'texts#root', letter: `latest#${text.language}` });
}

async function putTally(counters: Record<string, number>, reached: string[]): Promise<void> {
  const facts = { version: 1, asOf: noon, rate: 0, pollAfter: 5, goals: aCampaign().milestones.world };
  const sets = reached.length > 0 ? { reached: new Set(reached) } : {};
  await database.put('Tallies', { pk: 'root', sk: 'tally', ...facts, ...sets, ...counters });
}

async function ask(
  query: Record<string, string>,
  headers: Record<string, string> = {},
  { slug = 'root', name = 'viewer' } = {},
) {
  const event = {
    version: '2.0',
    rawPath: `/v1/campaigns/${slug}/letters/preview`,
    pathParameters: { slug },
    queryStringParameters: query,
    headers,
    requestContext: {
      http: { method: 'GET' },
      authorizer: { jwt: { claims: claimsOf(name), scopes: null } },
    },
    isBase64Encoded: false,
  };
  const answer = await preview(event as unknown as APIGatewayProxyEventV2, {} as Context);
  const body = String(answer.body ?? '');
  return {
    status: answer.statusCode,
    headers: (answer.headers ?? {}) as Record<string, string>,
    bytes: () => Buffer.from(body, 'base64'),
    json: () => JSON.parse(body),
  };
}
