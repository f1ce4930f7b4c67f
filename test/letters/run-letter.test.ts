import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Letter, toLetterId } from '../../functions/letters/letter.ts';
import { isPublic } from '../../functions/letters/public-letter.ts';
import { toEvent } from '../../shared/events/catalogue.ts';
import { aCampaign, aWritingCampaign, noon } from '../support/a-campaign.ts';
import { aDatabaseWithCampaigners } from '../support/a-campaigner.ts';
import { type Database, pointSdkTo } from '../support/a-database.ts';
import { aLetterText } from '../support/a-letter-text.ts';
import { type Handler, manage } from '../support/a-management-call.ts';
import { anApprovedLetter } from '../support/a-stored-letter.ts';
import { aTarget } from '../support/a-target.ts';
import { type AwsService, anAwsService, type ServiceCall } from '../support/an-aws-service.ts';
import { aQueueBatch } from '../support/an-event.ts';

const pdf = { key: 'root/letter.pdf', sha256: 'ab', bytes: 4 };
let database: Database;
let service: AwsService;
let run: Handler;
let get: Handler;
let list: Handler;
let sending: typeof import('../../functions/letters/send-letter.event.ts');
let store: typeof import('../../functions/letters/letter-store.ts');
let news: typeof import('../../functions/letters/read.ts');

beforeAll(async () => {
  vi.setSystemTime(noon);
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue();
  [database, service] = await Promise.all([aDatabaseWithCampaigners(), anAwsService()]);
  await database.createTable('Letters', ['campaign', 'letter']);
  await database.createTable('Targets', ['pk', 'sk']);
  pointSdkTo(service.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    LETTERS_TABLE: 'Letters',
    SITE_URL: 'https://groundswell.example.org',
    LETTERS_BUCKET: 'letters',
    SENDER: 'campaigns@groundswell.example.org',
    CONFIGURATION_SET: 'Mailing',
  });
  ({ handler: run } = await import('../../functions/letters/run-letter.http.ts'));
  ({ handler: get } = await import('../../functions/letters/get-letter.http.ts'));
  ({ handler: list } = await import('../../functions/letters/list-letters.http.ts'));
  sending = await import('../../functions/letters/send-letter.event.ts');
  store = await import('../../functions/letters/letter-store.ts');
  news = await import('../../functions/letters/read.ts');
  const texts = await import('../../functions/letters/text-store.ts');
  const { campaign: _, language: __, version: ___, savedAt: ____, ...words } = aLetterText();
  await texts.saveText('root', 'en', words, noon);
  const { letters: _letters, ...petition } = aCampaign({ slug: 'petition' });
  await database.put('Campaigns', { pk: 'campaign', sk: 'petition', ...petition });
  const archived = aCampaign({ slug: 'archived', status: 'archived' });
  await database.put('Campaigns', { pk: 'campaign', sk: 'archived', ...archived });
  const approving = aCampaign({
    slug: 'approving',
    letters: { ...aWritingCampaign().letters, approval: true },
  });
  await database.put('Campaigns', { pk: 'campaign', sk: 'approving', ...approving });
});
afterAll(async () => {
  service.stop();
  await database.stop();
});

let letters = 0;
let letter: Letter;
beforeEach(async () => {
  letters += 1;
  service.answerBy(accept);
  letter = await put({ state: 'composed' });
  await putOffice();
});

describe('a letter', () => {
  const stopped = { state: 'failed', reason: 'MessageRejected' } as const;
  const unset = { state: 'failed', reason: 'missing-glyph', pdf: undefined } as const;
  const unaddressed = { state: 'failed', reason: 'no-address' } as const;

  test.each<[string, string, Partial<Letter>, object, string | number]>([
    ['approve', 'requested', {}, {}, 409],
    ['approve', 'composed', {}, {}, 'approved'],
    ['approve', 'approved', {}, {}, 'approved'],
    ['approve', 'sending', {}, {}, 'sending'],
    ['approve', 'sent', {}, {}, 'sent'],
    ['approve', 'delivered', {}, {}, 'delivered'],
    ['approve', 'bounced', {}, {}, 'bounced'],
    ['approve', 'unknown', {}, {}, 'unknown'],
    ['approve', 'failed', stopped, {}, 409],
    ['approve', 'cancelled', {}, {}, 409],
    ['retry', 'failed before it was typeset', unset, {}, 'requested'],
    ['retry', 'failed for want of an address', unaddressed, {}, 'requested'],
    ['retry', 'failed because SES refused it', stopped, {}, 'approved'],
    ['retry', 'bounced', {}, {}, 'approved'],
    ['retry', 'unknown', {}, {}, 409],
    ['retry', 'unknown', {}, { maySendTwice: false }, 409],
    ['retry', 'unknown', {}, { maySendTwice: true }, 'approved'],
    ['retry', 'sending', {}, { maySendTwice: true }, 'sending'],
    ['retry', 'requested', {}, {}, 'requested'],
    ['retry', 'approved', {}, {}, 'approved'],
    ['retry', 'delivered', {}, {}, 'delivered'],
    ['retry', 'cancelled', {}, { maySendTwice: true }, 409],
    ['cancel', 'requested', {}, {}, 'cancelled'],
    ['cancel', 'composed', {}, {}, 'cancelled'],
    ['cancel', 'approved', {}, {}, 'cancelled'],
    ['cancel', 'failed', stopped, {}, 'cancelled'],
    ['cancel', 'bounced', {}, {}, 'cancelled'],
    ['cancel', 'unknown', {}, {}, 'cancelled'],
    ['cancel', 'cancelled', {}, {}, 'cancelled'],
    ['cancel', 'sending', {}, {}, 409],
    ['cancel', 'sent', {}, {}, 409],
    ['cancel', 'delivered', {}, {}, 409],
    ['record-sent', 'unknown', {}, {}, 'sent'],
    ['record-sent', 'composed', {}, {}, 409],
    ['record-sent', 'composed', { reason: 'not-by-email' }, {}, 'sent'],
    ['record-sent', 'sent', {}, {}, 'sent'],
    ['record-sent', 'delivered', {}, {}, 'delivered'],
    ['record-sent', 'bounced', {}, {}, 409],
    ['record-sent', 'cancelled', {}, {}, 409],
  ])('asked to %s when it is %s (%j) with %j: %s', async (step, state, changes, body, outcome) => {
    const before = await put({ state: state as Letter['state'], ...changes });
    const answer = await ask(step, { body });
    const after = await stored();
    expect(answer.status === 200 ? answer.body.state : answer.status).toBe(outcome);
    const isMoved = answer.status === 200 && outcome !== before.state;
    expect(after?.state).toBe(isMoved ? outcome : before.state);
    expect(after?.version).toBe(before.version + (isMoved ? 1 : 0));
    if (answer.status === 200) expect(answer.etag).toBe(`"${after?.version}"`);
    if (isMoved) expect(after).not.toHaveProperty('reason');
    expect(await logged()).toHaveLength(isMoved ? 1 : 0);
  });

  test('is typeset anew by the words of now, and keeps its number and figures', async () => {
    await put(unaddressed);
    const answer = await ask('retry');
    expect(answer.body).not.toHaveProperty('pdf');
    const { text, named, pdf: file, number, figures } = (await stored()) as Letter;
    expect([text, named, file]).toEqual([undefined, undefined, undefined]);
    expect([number, figures]).toEqual([letter.number, letter.figures]);
  });

  test.each([
    ['approve', 'composed', ['LetterApproved']],
    ['cancel', 'composed', []],
    ['retry', 'bounced', ['LetterApproved']],
    ['record-sent', 'unknown', []],
  ] as const)('asked to %s when it is %s is told of by %j', async (step, state, names) => {
    const before = await put({ state });
    await ask(step);
    expect(news.letterNews(before, await stored()).map(({ name }) => name)).toEqual(names);
  });

  test('that is to be typeset anew is requested again, by an event of its own', async () => {
    const before = await put(unset);
    await ask('retry');
    const [event] = news.letterNews(before, await stored());
    expect(event).toMatchObject({
      name: 'LetterRequested',
      detail: { id: `letters:${toLetterId(letter)}:${letter.version + 1}` },
    });
  });

  test('is in the log with who did what, and why', async () => {
    await ask('approve', { as: 'reviewer', body: { reason: ' Read by two of us ' } });
    const { id, number, target } = { ...letter, id: toLetterId(letter) };
    expect(await logged()).toMatchObject([
      {
        verb: 'approveLetters',
        by: { email: 'reviewer@example.org' },
        reason: 'Read by two of us',
        changes: {
          letter: {
            before: { id, number, target, state: 'composed' },
            after: { id, number, target, state: 'approved' },
          },
        },
      },
    ]);
  });

  test.each([
    ['approve', 'viewer', 403],
    ['approve', 'reviewer', 200],
    ['approve', 'organiser', 200],
    ['approve', 'outsider', 404],
    ['cancel', 'reviewer', 403],
    ['cancel', 'organiser', 200],
    ['cancel', 'partner', 403],
    ['retry', 'reviewer', 403],
    ['retry', 'owner', 200],
    ['record-sent', 'reviewer', 403],
  ])('asked to %s by a %s answers %i', async (step, as, status) => {
    expect((await ask(step, { as })).status).toBe(status);
  });

  test.each([
    ['approve', { maySendTwice: true }],
    ['retry', { maySendTwice: 'yes' }],
    ['cancel', { reason: '' }],
  ])('asked to %s with %j changes nothing', async (step, body) => {
    expect((await ask(step, { body })).status).toBe(422);
    expect(await stored()).toEqual(letter);
  });

  test('that there is none of is not found', async () => {
    letter = { ...letter, letter: '0'.repeat(24) };
    expect((await ask('cancel')).status).toBe(404);
  });
});

describe('what is approved', () => {
  test('is what was read: its ETag names it, in the answer and in the list', async () => {
    const read = await manage(get, { route: 'GET /v1/letters/{id}', path: { id: toLetterId(letter) } });
    expect(read.etag).toBe(`"${read.body.version}"`);
    expect((await ask('approve', { ifMatch: read.etag })).status).toBe(200);
  });

  test('is not what was typeset anew since: who read another is told', async () => {
    const answer = await ask('approve', { ifMatch: `"${letter.version - 1}"` });
    expect([answer.status, answer.body.errors]).toEqual([
      412,
      [{ pointer: '/state', code: 'changed-since', message: 'It is now: "composed"' }],
    ]);
    expect(await stored()).toEqual(letter);
  });

  test('may be said again with what was read, when the answer was lost', async () => {
    const ifMatch = `"${letter.version}"`;
    await ask('approve', { ifMatch });
    expect(await ask('approve', { ifMatch })).toMatchObject({ status: 200, body: { state: 'approved' } });
  });

  test('is told first that it has changed, then that it cannot be', async () => {
    await put({ state: 'cancelled' });
    expect((await ask('approve', { ifMatch: '"1"' })).status).toBe(412);
    expect((await ask('approve')).status).toBe(409);
  });

  test('of an office that takes letters by post is brought: anyone may check it then, and it is recorded', async () => {
    await putOffice({ channel: 'post' });
    expect((await ask('record-sent')).body.detail).toMatch(/not approved.*approve/);
    const answer = await ask('approve', { as: 'reviewer' });
    expect(answer).toMatchObject({ status: 200, body: { state: 'composed', reason: 'not-by-email' } });
    expect(isPublic(await stored())).toBe(true);
    expect((await ask('approve')).etag).toBe(answer.etag);
    expect(await logged()).toHaveLength(1);
    expect(await ask('record-sent')).toMatchObject({ status: 200, body: { state: 'sent' } });
  });

  test('is mailed after all, once its office takes letters by e-mail', async () => {
    await put({ state: 'composed', reason: 'not-by-email' });
    expect(await ask('approve')).toMatchObject({ status: 200, body: { state: 'approved' } });
  });

  test('is no letter to an office without an address of use: the registry is mended first', async () => {
    await putOffice({ contact_details: [] });
    const refused = await ask('approve');
    expect([refused.status, refused.body.detail]).toEqual([409, expect.stringContaining('no-address')]);
    expect((await ask('record-sent')).status).toBe(409);
  });

  test('is no letter of an archived campaign; it can still be cancelled, and recorded as sent', async () => {
    const archived = (changes: Partial<Letter>) => put({ campaign: 'archived', ...changes });
    await archived({ state: 'composed' });
    expect((await ask('approve')).body.detail).toContain('archived: it stays as it is');
    expect(await ask('cancel')).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    await archived({ state: 'bounced' });
    expect((await ask('retry')).body.detail).toContain('archived: it stays as it is');
    await archived({ state: 'unknown' });
    expect(await ask('record-sent')).toMatchObject({ status: 200, body: { state: 'sent' } });
  });

  test.each<[string, Partial<Letter>, object]>([
    ['composed', { state: 'bounced' }, {}],
    ['composed', { state: 'failed', reason: 'MessageRejected' }, {}],
    ['composed', { state: 'unknown' }, { maySendTwice: true }],
    ['requested', { state: 'failed', reason: 'no-text' }, {}],
  ])('passes by no reviewer when it is tried again: it is %s, from %j', async (state, changes, body) => {
    await put({ campaign: 'approving', ...changes });
    expect(await ask('retry', { body })).toMatchObject({ status: 200, body: { state } });
  });

  test('is no letter of a campaign that writes none any more; it can still be cancelled', async () => {
    await put({ state: 'composed', campaign: 'petition' });
    expect((await ask('approve')).body.detail).toContain('writes no letters');
    await put({ state: 'bounced', campaign: 'petition' });
    expect((await ask('retry')).body.detail).toContain('writes no letters');
    expect(await ask('cancel')).toMatchObject({ status: 200, body: { state: 'cancelled' } });
  });
});

describe('at once', () => {
  test('two who approve have it sent once, and logged once', async () => {
    const answers = await Promise.all([ask('approve', { as: 'reviewer' }), ask('approve')]);
    expect(answers.map(({ status, body }) => [status, body.state])).toEqual([
      [200, 'approved'],
      [200, 'approved'],
    ]);
    await Promise.all([send(), send()]);
    await send();
    expect(sends()).toHaveLength(1);
    expect([(await stored())?.state, (await logged()).length]).toEqual(['sent', 1]);
  });

  test('one who approves and one who cancels: it is cancelled, and never sent', async () => {
    const [approved, cancelled] = await Promise.all([ask('approve', { as: 'reviewer' }), ask('cancel')]);
    expect([[200, 409], cancelled.status]).toEqual([expect.arrayContaining([approved.status]), 200]);
    await send();
    expect([(await stored())?.state, sends()]).toEqual(['cancelled', []]);
  });

  test.each([1, 2, 3, 4, 5])('one who cancels and the sender: one of them has it (%i)', async () => {
    await put({ state: 'approved' });
    const [answer] = await Promise.all([ask('cancel'), send()]);
    const state = (await stored())?.state;
    expect([answer.status, sends().length, state]).toEqual(
      answer.status === 200 ? [200, 0, 'cancelled'] : [409, 1, 'sent'],
    );
  });

  test('what SES had no room for is not sent when it is cancelled before it comes again', async () => {
    await put({ state: 'approved' });
    const busy = { service: 'ses', fault: { name: 'TooManyRequestsException', status: 429 } } as const;
    service.answerBy((call) => (isSend(call) ? busy : accept(call)));
    expect(await send()).toEqual(['m0']);
    expect((await ask('cancel')).status).toBe(200);
    service.answerBy(accept);
    expect(await send()).toEqual([]);
    expect([(await stored())?.state, sends().length]).toEqual(['cancelled', 0]);
  });

  test('a retry that the database refuses changes nothing, nor does the log say so', async () => {
    await put({ state: 'bounced' });
    const down = { name: 'InternalServerError', status: 500, message: 'Down', when: 'before' } as const;
    database.failBy((operation) => (operation === 'TransactWriteItems' ? down : undefined));
    vi.spyOn(console, 'error').mockReturnValueOnce();
    const answer = await ask('retry');
    database.failBy(undefined);
    expect([answer.status, (await stored())?.state, await logged()]).toEqual([503, 'bounced', []]);
  });
});

describe('an event of before', () => {
  test('sends what was tried again no more than once', async () => {
    service.answerBy((call) =>
      isSend(call) ? { service: 'ses', fault: { name: 'MessageRejected', status: 400 } } : accept(call),
    );
    await put({ state: 'approved' });
    await send();
    service.answerBy(accept);
    expect((await ask('retry')).body.state).toBe('approved');
    await Promise.all([send(), send()]);
    await send();
    expect([(await stored())?.state, sends().length]).toEqual(['sent', 1]);
  });

  test('sends no letter of a campaign that writes none any more: it is cancelled', async () => {
    await put({ state: 'approved', campaign: 'petition' });
    expect(await send()).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'cancelled', reason: 'letters-off' });
    expect(sends()).toEqual([]);
  });
});

describe('the list of letters', () => {
  const campaign = 'other';
  const page = (query: object) =>
    manage(list, {
      as: 'outsider',
      route: 'GET /v1/campaigns/{slug}/letters',
      path: { slug: campaign },
      query: query as Record<string, string>,
    });
  beforeAll(async () => {
    for (let at = 0; at < 5; at += 1)
      await database.put(
        'Letters',
        anApprovedLetter({ campaign, letter: `${at}`.repeat(24), state: at % 2 ? 'bounced' : 'sent' }),
      );
  });

  test.each([
    [{}, [5]],
    [{ limit: '2' }, [2, 2, 1]],
    [{ limit: '5' }, [5]],
    [{ state: 'bounced' }, [2]],
    [{ state: 'bounced', limit: '1' }, [1, 1]],
    [{ state: 'composed' }, [0]],
  ])('by %j comes in pages of %j', async (query, lengths) => {
    const pages = [await page(query)];
    for (let cursor = pages[0]?.body.cursor; cursor; cursor = pages.at(-1)?.body.cursor)
      pages.push(await page({ ...query, cursor }));
    expect(pages.map(({ body }) => body.letters.length)).toEqual(lengths);
    const ids = pages.flatMap(({ body }) => body.letters.map(({ id }: { id: string }) => id));
    expect(ids).toEqual([...new Set(ids)].sort());
  });

  test.each([{ state: 'lost' }, { limit: '0' }, { limit: '1001' }, { cursor: 'number#' }])(
    'by %j is refused',
    async (query) => {
      expect((await page(query)).status).toBe(422);
    },
  );
});

async function put(changes: Partial<Letter>): Promise<Letter> {
  letter = anApprovedLetter({ campaign: 'root', target: `target-${letters}`, pdf, ...changes });
  await database.put('Letters', letter);
  return letter;
}

function putOffice(changes: object = {}): Promise<unknown> {
  const office = aTarget({ id: letter.target, ...changes });
  return database.put('Targets', { pk: 'targets', sk: letter.target, ...office });
}

interface Asked {
  as?: string;
  body?: object;
  ifMatch?: string;
}

function ask(step: string, { as = 'organiser', body = {}, ifMatch }: Asked = {}) {
  const headers: Record<string, string> = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  const path = { id: toLetterId(letter) };
  return manage(run, { as, route: `POST /v1/letters/{id}/${step}`, path, headers, body });
}

function stored(): Promise<Letter | undefined> {
  return store.getLetter(letter);
}

/** What the log says of the letter. */
async function logged(): Promise<Record<string, unknown>[]> {
  const { readLog } = await import('../../functions/audit/log-store.ts');
  const { entries } = await readLog(`campaign:${letter.campaign}`, { limit: 100 });
  return entries.filter(({ changes }) => JSON.stringify(changes).includes(toLetterId(letter)));
}

/** Hands the event over; answers the messages that are to come again. */
async function send(): Promise<string[]> {
  const event = toEvent('LetterApproved', {
    id: `letters:${toLetterId(letter)}:1`,
    at: new Date(noon).toISOString(),
    campaign: letter.campaign,
    letter: toLetterId(letter),
    target: letter.target,
  });
  const { batchItemFailures } = await sending.handler(aQueueBatch([event]));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

function accept(call: ServiceCall) {
  return isSend(call) ? { body: { MessageId: 'ses-1' } } : { body: { pdf: true } };
}

function isSend({ operation }: ServiceCall): boolean {
  return operation === 'POST /v2/email/outbound-emails';
}

/** Of this letter. */
function sends(): ServiceCall[] {
  return service.calls.filter(
    (call) => isSend(call) && JSON.stringify(call.body).includes(toLetterId(letter)),
  );
}
