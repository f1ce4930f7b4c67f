import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Letter, toLetterId } from '../../functions/letters/letter.ts';
import { toEvent } from '../../shared/events/catalogue.ts';
import { aCampaign, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import { aLetterText } from '../support/a-letter-text.ts';
import { anApprovedLetter, aStoredLetter } from '../support/a-stored-letter.ts';
import { aTarget } from '../support/a-target.ts';
import { type AwsService, anAwsService, type ServiceCall } from '../support/an-aws-service.ts';
import { aQueueBatch } from '../support/an-event.ts';

let database: Database;
let service: AwsService;
let store: typeof import('../../functions/letters/letter-store.ts');
let moves: typeof import('../../functions/letters/move-letter.ts');
let sending: typeof import('../../functions/letters/send-letter.event.ts');
let recording: typeof import('../../functions/letters/record-delivery.event.ts');

beforeAll(async () => {
  vi.spyOn(console, 'warn').mockReturnValue();
  // Events older than 60 days are refused: the clock stands still.
  vi.setSystemTime(noon);
  [database, service] = await Promise.all([aDatabase(), anAwsService()]);
  await database.createTable('Letters', ['campaign', 'letter']);
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Targets', ['pk', 'sk']);
  pointSdkTo(service.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    LETTERS_TABLE: 'Letters',
    CAMPAIGNS_TABLE: 'Campaigns',
    TARGETS_TABLE: 'Targets',
    SITE_URL: 'https://groundswell.example.org',
    LETTERS_BUCKET: 'letters',
    SENDER: 'campaigns@groundswell.example.org',
    CONFIGURATION_SET: 'Mailing',
  });
  store = await import('../../functions/letters/letter-store.ts');
  moves = await import('../../functions/letters/move-letter.ts');
  sending = await import('../../functions/letters/send-letter.event.ts');
  const texts = await import('../../functions/letters/text-store.ts');
  const { campaign: _, language: __, version: ___, savedAt: ____, ...words } = aLetterText();
  recording = await import('../../functions/letters/record-delivery.event.ts');
  await database.put('Campaigns', { pk: 'campaign', sk: 'mental-health-for-all', ...aCampaign() });
  const organisation = { slug: 'demo-network', name: 'Demo Network' };
  await database.put('Network', { pk: 'organisation', sk: 'demo-network', ...organisation });
  await texts.saveText('mental-health-for-all', 'en', words, noon);
});
afterAll(async () => {
  service.stop();
  await database.stop();
});

let letters = 0;
let letter: Letter;
beforeEach(async () => {
  letters += 1;
  letter = anApprovedLetter({ target: `target-${letters}` });
  await database.put('Letters', letter);
  await database.put('Targets', { pk: 'targets', sk: letter.target, ...aTarget({ id: letter.target }) });
});

describe('an approved letter', () => {
  test('is sent once, its PDF attached, from the sender, tagged by its id and the claim', async () => {
    service.answerBy(accept);
    expect(await send()).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'sent', messageId: 'ses-1' });
    const [{ body }] = sends() as [ServiceCall];
    expect(body).toMatchObject({
      FromEmailAddress: 'campaigns@groundswell.example.org',
      Destination: { ToAddresses: ['minister.ke@health.example.org'] },
      ConfigurationSetName: 'Mailing',
      EmailTags: [
        { Name: 'letter', Value: `${toLetterId(letter)}_${letter.version + 1}` },
        { Name: 'campaign', Value: letter.campaign },
      ],
    });
    const mail = await simpleParser(Buffer.from(body.Content.Raw.Data, 'base64'));
    expect(mail.subject).toBe(`Mental health for all (ref. ${letter.number})`);
    expect(mail.text).toContain('a letter from Demo Network');
    expect(mail.text).toContain(`https://groundswell.example.org/letters/${letter.number}\n`);
    expect(mail.replyTo?.text).toBe('"Amara Okafor" <letters@example.org>');
    expect(mail.attachments.map(({ filename, contentType }) => [filename, contentType])).toEqual([
      [`${letter.number}.pdf`, 'application/pdf'],
    ]);
  });

  test('is sent once however often the event comes, one after the other and at once', async () => {
    service.answerBy(accept);
    await Promise.all([send(), send(), send()]);
    await send();
    expect(sends()).toHaveLength(1);
    expect(await stored()).toMatchObject({ state: 'sent' });
  });

  test('that SES refuses has failed, with the reason, and is not tried again', async () => {
    service.answerBy(refuse('MessageRejected', 400));
    expect(await send()).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'failed', reason: 'MessageRejected' });
    await send();
    expect(sends()).toHaveLength(1);
  });

  test.each(['TooManyRequestsException', 'LimitExceededException'])(
    'that meets %s is approved again, and sent when the event comes back',
    async (name) => {
      service.answerBy(refuse(name, 429));
      expect(await send()).toEqual(['m0']);
      expect(await stored()).toMatchObject({ state: 'approved' });
      service.answerBy(accept);
      expect(await send()).toEqual([]);
      expect(await stored()).toMatchObject({ state: 'sent' });
    },
  );

  test.each([
    ['the connection is cut', () => undefined],
    ['SES fails in itself', refuse('InternalServiceError', 500)],
  ])(
    'of which nobody knows whether it went out, because %s, is never sent again by itself',
    async (_, answer) => {
      service.answerBy((call) => (isSend(call) ? answer(call) : accept(call)));
      expect(await send()).toEqual([]);
      expect(await stored()).toMatchObject({ state: 'unknown' });
      await send();
      expect(sends()).toHaveLength(1);
    },
  );

  test('to an office whose address was given up meanwhile has failed: nobody is written to', async () => {
    const address = { type: 'email', value: 'minister.ke@health.example.org', status: 'retired' } as const;
    const target = aTarget({ id: letter.target, contact_details: [address] });
    await database.put('Targets', { pk: 'targets', sk: letter.target, ...target });
    service.answerBy(accept);
    expect(await send()).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'failed', reason: 'no-address' });
    expect(sends()).toEqual([]);
  });

  test('to an office that takes none by e-mail waits for whoever brings it', async () => {
    const target = aTarget({ id: letter.target, channel: 'by-hand' });
    await database.put('Targets', { pk: 'targets', sk: letter.target, ...target });
    service.answerBy(accept);
    expect(await send()).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'composed', reason: 'not-by-email' });
    expect(sends()).toEqual([]);
  });

  test('whose office cannot stand in a letter any more has failed: trying again would not help', async () => {
    const target = aTarget({ id: letter.target, label: { en: 'Ministry\u202e' } });
    await database.put('Targets', { pk: 'targets', sk: letter.target, ...target });
    service.answerBy(accept);
    expect(await send()).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'failed', reason: 'invalid-content' });
    expect(sends()).toEqual([]);
  });

  test('whose PDF is not there is not claimed, and tried again', async () => {
    service.answerBy(() => ({ service: 's3', fault: { name: 'NoSuchKey', status: 404 } }));
    expect(await send()).toEqual(['m0']);
    expect(await stored()).toMatchObject({ state: 'approved' });
  });

  test('that is delivered before its sending is recorded stays delivered', async () => {
    service.answerBy(async (call) => {
      if (isSend(call)) await hear('Delivery', letter.version + 1);
      return accept(call);
    });
    await send();
    expect(await stored()).toMatchObject({ state: 'delivered' });
  });
});

describe('a letter that was claimed by a process that ended', () => {
  test('is looked at again while the claim is young: somebody may still record it', async () => {
    await database.put('Letters', { ...letter, state: 'sending', changedAt: Date.now() });
    service.answerBy(accept);
    expect(await send()).toEqual(['m0']);
    expect(await stored()).toMatchObject({ state: 'sending' });
    expect(sends()).toEqual([]);
  });

  test('is unknown once the claim is old, and not sent', async () => {
    await database.put('Letters', { ...letter, state: 'sending', changedAt: Date.now() - 31_000 });
    service.answerBy(accept);
    expect(await send()).toEqual([]);
    expect(await stored()).toMatchObject({ state: 'unknown' });
    expect(sends()).toEqual([]);
  });
});

test('a letter whose claim was written, but nobody heard so, is not forgotten: it is unknown in the end', async () => {
  let calls = 0;
  database.failBy((operation) => {
    if (operation !== 'UpdateItem') return undefined;
    calls += 1;
    return calls === 1 ? { name: 'InternalServerError', status: 500, when: 'after' } : undefined;
  });
  service.answerBy(accept);
  const again = await send();
  database.failBy(undefined);
  expect([again, sends()]).toEqual([['m0'], []]);
  vi.setSystemTime(noon + 31_000);
  expect(await send()).toEqual([]);
  vi.setSystemTime(noon);
  expect(await stored()).toMatchObject({ state: 'unknown' });
});

describe('what SES tells of a letter', () => {
  test.each([
    ['sent', 'Delivery', 'delivered'],
    ['unknown', 'Delivery', 'delivered'],
    ['sent', 'Bounce', 'bounced'],
    ['delivered', 'Bounce', 'bounced'],
    ['sent', 'Reject', 'failed'],
    ['sent', 'Complaint', 'sent'],
    ['bounced', 'Delivery', 'bounced'],
    ['cancelled', 'Delivery', 'delivered'],
    ['cancelled', 'Bounce', 'cancelled'],
    ['approved', 'Delivery', 'approved'],
  ] as const)('moves one that is %s by %s: it is %s then', async (before, kind, after) => {
    await database.put('Letters', { ...letter, state: before });
    await hear(kind);
    await hear(kind);
    expect(await stored()).toMatchObject({
      state: after,
      version: letter.version + (after === before ? 0 : 1),
    });
  });
});

describe('what SES tells of an earlier mail of a letter', () => {
  const [first, second] = [noon + 1, noon + 3];

  test('that bounced and was sent again is not said of the later one', async () => {
    service.answerBy(accept);
    await send();
    await hear('Bounce', first);
    expect(await stored()).toMatchObject({ state: 'bounced', attempt: first, bounced: first });
    await retry('bounced');
    await send();
    const again = (await stored())?.attempt ?? 0;
    for (const kind of ['Bounce', 'Reject', 'Delivery']) await hear(kind, first);
    expect(await stored()).toMatchObject({ state: 'sent', attempt: again });
    await hear('Delivery', again);
    expect(await stored()).toMatchObject({ state: 'delivered', attempt: again });
  });

  test('that bounced is not said to have arrived, before it is sent again or after', async () => {
    for (const state of ['bounced', 'approved', 'composed', 'unknown'] as const) {
      await database.put('Letters', { ...letter, state, attempt: first, bounced: first });
      await hear('Delivery', first);
      expect(await stored()).toMatchObject({ state, version: letter.version });
    }
  });

  test.each([
    'requested',
    'composed',
    'approved',
    'sending',
    'sent',
    'unknown',
    'bounced',
    'failed',
  ] as const)('is heard when it arrived, though it is %s since: the office has it', async (state) => {
    await database.put('Letters', { ...letter, state, attempt: second, bounced: second });
    await hear('Delivery', first);
    expect(await stored()).toMatchObject({ state: 'delivered', attempt: first });
    await hear('Bounce', second);
    expect(await stored()).toMatchObject({ state: 'delivered', attempt: first });
  });

  test('that was given up as unknown and arrived keeps it from being sent again', async () => {
    service.answerBy((call) => (isSend(call) ? undefined : accept(call)));
    await send();
    expect(await stored()).toMatchObject({ state: 'unknown', attempt: first });
    await retry('unknown');
    await hear('Delivery', first);
    service.answerBy(accept);
    expect(await send()).toEqual([]);
    expect([(await stored())?.state, sends()]).toEqual(['delivered', []]);
  });

  test('leaves no id of a message behind once the next is claimed', async () => {
    await database.put('Letters', { ...letter, messageId: 'ses-0' });
    service.answerBy((call) => (isSend(call) ? undefined : accept(call)));
    await send();
    expect(await stored()).not.toHaveProperty('messageId');
  });

  test('of before mails were told apart says nothing of one that was', async () => {
    await database.put('Letters', { ...letter, state: 'sent', attempt: second });
    await hear('Bounce');
    expect(await stored()).toMatchObject({ state: 'sent' });
  });
});

test.each([
  ['taken', accept, { state: 'sent', messageId: 'ses-1' }],
  ['refused', refuse('MessageRejected', 400), { state: 'failed', reason: 'MessageRejected' }],
] as const)(
  'a letter that SES has %s is recorded so, also while others write to it',
  async (_, answer, outcome) => {
    service.answerBy(answer);
    let conflicts = 0;
    database.failBy((operation) => {
      if (operation !== 'UpdateItem' || sends().length === 0 || conflicts === 3) return undefined;
      conflicts += 1;
      return { name: 'TransactionConflictException', status: 400, when: 'before' };
    });
    const again = await send();
    database.failBy(undefined);
    expect([again, conflicts]).toEqual([[], 3]);
    expect(await stored()).toMatchObject(outcome);
  },
);

test('that letters are turned off is felt by the next one, though the campaign was read a second ago', async () => {
  const { letters: _, ...petition } = aCampaign();
  service.answerBy(accept);
  await send();
  await database.put('Letters', letter);
  await database.put('Campaigns', { pk: 'campaign', sk: letter.campaign, ...petition });
  vi.setSystemTime(Date.now() + 1_000);
  await send();
  await database.put('Campaigns', { pk: 'campaign', sk: letter.campaign, ...aCampaign() });
  vi.setSystemTime(Date.now() + 1_000);
  expect(await stored()).toMatchObject({ state: 'cancelled', reason: 'letters-off' });
  expect(sends()).toHaveLength(1);
});

test('a letter that goes on is not in the state that it was in for any reason of then', async () => {
  await database.put('Letters', { ...letter, state: 'composed', reason: 'not-by-email' });
  expect(await moves.moveLetter(letter, ['composed'], 'composed', noon)).toBe(true);
  expect(await stored()).not.toHaveProperty('reason');
});

test('requesting a letter that is there already changes nothing', async () => {
  await store.requestLetter(aStoredLetter({ target: letter.target }));
  expect(await stored()).toEqual(letter);
});

function accept(call: ServiceCall) {
  return isSend(call) ? { body: { MessageId: 'ses-1' } } : { body: { pdf: true } };
}

function refuse(name: string, status: number) {
  return (call: ServiceCall) => (isSend(call) ? { service: 'ses', fault: { name, status } } : { body: {} });
}

function isSend({ operation }: ServiceCall): boolean {
  return operation === 'POST /v2/email/outbound-emails';
}

function sends(): ServiceCall[] {
  return service.calls.filter(isSend);
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

async function retry(from: Letter['state']): Promise<void> {
  const { campaign, letter: key } = letter;
  expect(await moves.moveLetter({ campaign, letter: key }, [from], 'approved', noon)).toBe(true);
}

/** Mails of before had the letter's id alone. */
function hear(kind: string, attempt?: number): Promise<void> {
  const tag = attempt === undefined ? toLetterId(letter) : `${toLetterId(letter)}_${attempt}`;
  return recording.handler({ kind, tag, at: new Date(noon).toISOString() });
}

function stored(): Promise<Letter | undefined> {
  return store.getLetter(letter);
}
