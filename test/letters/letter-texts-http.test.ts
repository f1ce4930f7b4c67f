import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners, callAs, claimsOf } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';

type Handler = Parameters<typeof callAs>[0];

let database: Database;
let list: Handler;
let get: Handler;
let put: Handler;
let log: Handler;

beforeAll(async () => {
  vi.setSystemTime(noon);
  vi.spyOn(console, 'info').mockReturnValue();
  database = await aDatabaseWithCampaigners();
  await database.createTable('Letters', ['campaign', 'letter']);
  pointSdkTo(database.url, { LETTERS_TABLE: 'Letters', TARGETS_TABLE: 'Targets' });
  ({ handler: list } = await import('../../functions/letters/get-letter-texts.http.ts'));
  ({ handler: get } = await import('../../functions/letters/get-letter-text.http.ts'));
  ({ handler: put } = await import('../../functions/letters/put-letter-text.http.ts'));
  ({ handler: log } = await import('../../functions/audit/read-log.http.ts'));
});
afterAll(() => database.stop());

const words = { title: 'La santé mentale', place: 'Genève', role: 'Directrice', asks: ['Financez-les.'] };

describe.each([
  ['the list of texts', () => list, undefined],
  ['a text', () => get, undefined],
  ['a new text', () => put, words],
])('to %s', (_, handler, body) => {
  const isWrite = body !== undefined;
  test.each([
    ['viewer', isWrite ? 403 : 200],
    ['reviewer', isWrite ? 403 : 200],
    ['organiser', 200],
    ['owner', 200],
    ['secretariat', 200],
    ['outsider', 404],
    ['stranger', 404],
  ])('%s is answered %i', async (name, status) => {
    await save('sw', words);
    const answer = await call(handler(), { name, language: 'sw', body });
    expect(answer.status).toBe(status);
  });
});

describe('a text of letters', () => {
  test('is answered as it is kept, with its version as ETag', async () => {
    const saved = await save('fr', words);
    const read = await call(get, { language: 'fr' });
    expect(saved).toEqual(read);
    expect(read.headers).toMatchObject({ etag: '"1"', 'cache-control': 'no-store' });
    expect(read.body).toEqual({
      ...words,
      messages: {},
      campaign: 'root',
      language: 'fr',
      version: 1,
      savedAt: '2026-11-20T12:00:00.000Z',
    });
  });

  test('is found by its tag in any case, and in the version asked for', async () => {
    await save('PT-br', words);
    await save('pt-BR', { ...words, title: 'Saúde mental' });
    const read = await call(get, { language: 'pt-br' });
    const first = await call(get, { language: 'pt-BR', query: { version: '1' } });
    expect([read.body, first.body]).toMatchObject([
      { language: 'pt-BR', version: 2, title: 'Saúde mental' },
      { language: 'pt-BR', version: 1, title: words.title },
    ]);
  });

  test('is in the list in its latest version', async () => {
    await save('de', words);
    await save('de', { ...words, title: 'Seelische Gesundheit' });
    const { body } = await call(list);
    expect(body.texts.filter(({ language }: { language: string }) => language === 'de')).toMatchObject([
      { version: 2, title: 'Seelische Gesundheit' },
    ]);
  });

  test.each([
    ['in a language without one', 'hi', {}],
    ['in no language', 'klingonese', {}],
    ['in a version that nobody saved', 'es', { version: '7' }],
  ])('is not found %s', async (_, language, query) => {
    await save('es', words);
    expect(await call(get, { language, query })).toMatchObject({ status: 404 });
  });

  test('is asked for by a version that is a number', async () => {
    const answer = await call(get, { language: 'es', query: { version: 'last' } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ pointer: '/version' }] } });
  });
});

describe('saving a text', () => {
  test('is refused with all that is wrong in it, and nothing is kept', async () => {
    const text = { ...words, title: '', asks: ['{nobody}'], messages: { verify: 'Vérifiez.', other: 'x' } };
    const answer = await save('ar', text);
    expect(answer).toMatchObject({ status: 422 });
    const pointers = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.sort()).toEqual(['/asks/0', '/messages/other', '/messages/verify', '/title']);
    expect(await call(get, { language: 'ar' })).toMatchObject({ status: 404 });
  });

  test('is refused in a language that nobody knows the plurals of', async () => {
    const answer = await save('tlh', words);
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '', code: 'unknown-language' }] },
    });
  });

  test('is refused after somebody else has saved, if it says what it follows', async () => {
    await save('ru', { ...words, title: 'Первый' });
    const mine = await save('ru', { ...words, title: 'Второй' }, { 'if-match': '"1"' });
    const late = await save('ru', { ...words, title: 'Третий' }, { 'if-match': 'W/"1"' });
    const anyhow = await save('ru', { ...words, title: 'Третий' });
    expect([mine, late, anyhow].map(({ status }) => status)).toEqual([200, 412, 200]);
    expect(late.body).toMatchObject({ type: 'urn:groundswell:problem:precondition-failed' });
    expect(late.body.errors).toEqual([
      { pointer: '/title', code: 'changed-since', message: 'It is now: "Второй"' },
    ]);
  });

  test('is told in the log with the reason that came with it, which is no part of the text', async () => {
    const saved = await save('hi', { ...words, reason: 'The office asked for it' });
    expect(saved.status).toBe(200);
    expect(saved.body).not.toHaveProperty('reason');
    const { body } = await call(log);
    const entries = body.entries.filter((entry: object) => 'reason' in entry);
    expect(entries).toMatchObject([{ verb: 'writeLetterTexts', reason: 'The office asked for it' }]);
    expect(Object.keys(entries[0].changes).sort()).toEqual(['asks', 'messages', 'place', 'role', 'title']);
  });

  test('for another reason only is no new version', async () => {
    const first = await save('ja', { ...words, reason: 'One' });
    expect(first).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await save('ja', { ...words, reason: 'Another' })).toEqual(first);
  });

  test('is refused with all that is wrong in it, its reason, too', async () => {
    const { body } = await save('ar', { ...words, place: '', reason: '' });
    const pointers = body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers.sort()).toEqual(['/place', '/reason']);
  });

  test('is refused once the campaign is archived: nothing of it changes any more', async () => {
    const campaign = { pk: 'campaign', sk: 'past', ...aCampaign({ slug: 'past', owner: 'demo-network' }) };
    await database.put('Campaigns', campaign);
    expect((await save('fr', words, {}, 'past')).status).toBe(200);
    await database.put('Campaigns', { ...campaign, status: 'archived' });
    const answer = await save('fr', { ...words, title: 'Autre' }, {}, 'past');
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringMatching(/archived/) } });
    expect((await call(get, { language: 'fr', slug: 'past' })).body).toMatchObject({ version: 1 });
  });

  test('again, after the answer was lost, is answered as before', async () => {
    await save('bn', { ...words, title: 'One' });
    const ifMatch = { 'if-match': '"1"' };
    const [first, again] = [await save('bn', words, ifMatch), await save('bn', words, ifMatch)];
    expect(again).toEqual(first);
  });
});

interface Call {
  name?: string;
  slug?: string;
  language?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: unknown;
}

function save(language: string, body: unknown, headers: Record<string, string> = {}, slug = 'root') {
  return call(put, { slug, language, body, headers });
}

/** With the language in the address, and headers. */
function call(
  handler: Handler,
  { name = 'organiser', slug = 'root', language, headers, ...sent }: Call = {},
) {
  const addressed = (event: APIGatewayProxyEventV2, context: Context) =>
    handler(
      {
        ...event,
        pathParameters: { ...event.pathParameters, ...(language && { language }) },
        headers: { ...event.headers, ...headers },
      },
      context,
    );
  return callAs(addressed as Handler, { slug, claims: claimsOf(name), ...sent });
}
