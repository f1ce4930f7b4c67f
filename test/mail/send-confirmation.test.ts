import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { toActionId, toKey } from '../../functions/actions/action.ts';
import { addressHash, rules } from '../../functions/mail/mail-record.ts';
import { toEvent } from '../../shared/events/catalogue.ts';
import { aCampaign, minute, noon } from '../support/a-campaign.ts';
import { aDatabase, type Database, pointSdkTo } from '../support/a-database.ts';
import {
  anAction,
  aStoredSupport,
  askedAgain,
  confirmed,
  someDetails,
  withdrawn,
} from '../support/an-action.ts';
import { type AwsService, anAwsService, type ServiceCall } from '../support/an-aws-service.ts';
import { aQueueBatch } from '../support/an-event.ts';

let database: Database;
let service: AwsService;
let sending: typeof import('../../functions/mail/send-mail.event.ts');
let recording: typeof import('../../functions/mail/record-feedback.event.ts');
let keys: typeof import('../../shared/aws/keys.ts');

beforeAll(async () => {
  for (const level of ['info', 'warn'] as const) vi.spyOn(console, level).mockReturnValue();
  [database, service] = await Promise.all([aDatabase(), anAwsService()]);
  await database.createTable('Actions', ['pk', 'sk']);
  for (const name of ['Campaigns', 'Network']) await database.createTable(name, ['pk', 'sk']);
  await database.createTable('Mail', ['address']);
  pointSdkTo(service.url, {
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
    ACTIONS_TABLE: 'Actions',
    CAMPAIGNS_TABLE: 'Campaigns',
    MAIL_TABLE: 'Mail',
    MEMBERS_TABLE: 'Members',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://groundswell.example.org',
    SENDER: 'campaigns@groundswell.example.org',
    CONFIGURATION_SET: 'Mailing',
  });
  sending = await import('../../functions/mail/send-mail.event.ts');
  recording = await import('../../functions/mail/record-feedback.event.ts');
  keys = await import('../../shared/aws/keys.ts');
  await database.put('Campaigns', { pk: 'campaign', sk: 'mental-health-for-all', ...aCampaign() });
});
afterAll(async () => {
  service.stop();
  await database.stop();
});

let people = 0;
let email: string;
beforeEach(() => {
  people += 1;
  email = `person-${people}@example.org`;
  service.answerBy(accept);
  // Events older than 60 days are refused: the clock stands still, and moves by hand.
  vi.setSystemTime(noon);
});

describe('a request', () => {
  test('gets one mail, to the address as typed, however often its event comes', async () => {
    const event = await ask();
    expect(await Promise.all([deliver(event), deliver(event)])).toContainEqual([]);
    await deliver(event);
    vi.setSystemTime(noon + 2 * minute);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]?.body).toMatchObject({
      FromEmailAddress: '"demo-network" <campaigns@groundswell.example.org>',
      Destination: { ToAddresses: [email] },
      ConfigurationSetName: 'Mailing',
    });
  });

  test('is told to SES by a tag that holds no address', async () => {
    await deliver(await ask());
    const tags = mails()[0]?.body.EmailTags;
    expect(tags.every(({ Value }: { Value: string }) => /^[\w-]{1,256}$/.test(Value))).toBe(true);
    expect(JSON.stringify(tags)).not.toContain('person');
  });

  test.each([
    ['was replaced by a newer one', (action: Asked) => askedAgain(action)],
    ['was confirmed already', (action: Asked) => confirmed(action)],
    ['was withdrawn', (action: Asked) => withdrawn(action)],
    [
      'has a link that is over',
      (action: Asked) => ({ ...action, asked: { ...someDetails(), expiresAt: noon } }),
    ],
  ])('that %s gets no mail', async (_, then) => {
    const event = await ask(then);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toEqual([]);
  });

  test('of an action that is gone gets no mail', async () => {
    expect(await deliver(taken('mental-health-for-all~signature~Z29uZQ', 1))).toEqual([]);
    expect(mails()).toEqual([]);
  });

  test('that backs the demand without money is told so, and on what it depends', async () => {
    const pledge = aStoredSupport({ atLeast: 100 });
    const asked = { ...someDetails({ email, pledge }), expiresAt: noon + 60 * minute };
    await deliver(await ask((action) => ({ ...action, asked }), 'pledge'));
    expect(mails()[0]?.body.Content.Simple.Body.Text.Data).toContain(
      'pledge your backing without money (only once 100 pledges are confirmed)',
    );
  });

  test('within a minute of another mail to the address waits its turn', async () => {
    await deliver(await ask());
    const pledge = await ask(
      (action) => ({ ...action, pk: action.pk.replace('signature', 'pledge') }),
      'pledge',
    );
    vi.setSystemTime(noon + minute - 1);
    expect(await deliver(pledge)).toEqual(['m0']);
    vi.setSystemTime(noon + minute);
    expect(await deliver(pledge)).toEqual([]);
    expect(mails()).toHaveLength(2);
  });
});

describe('a mail', () => {
  test('that SES has no room for is sent when the claim has expired', async () => {
    const event = await ask();
    service.answerBy(refuse('TooManyRequestsException', 429));
    expect(await deliver(event)).toEqual(['m0']);
    service.answerBy(accept);
    expect(await deliver(event)).toEqual(['m0']);
    vi.setSystemTime(noon + rules.lease);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toHaveLength(1);
  });

  test('that SES refuses for good is not tried again', async () => {
    const event = await ask();
    service.answerBy(refuse('MessageRejected', 400));
    expect(await deliver(event)).toEqual([]);
    vi.setSystemTime(noon + minute);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toHaveLength(1);
  });

  test('goes to nobody who complained, or whose address does not exist', async () => {
    for (const kind of ['Complaint', 'Bounce']) {
      const event = await ask();
      const { dedupe } = await keys.loadKeys();
      await recording.handler({ kind, tag: addressHash(email, dedupe), at: new Date(noon).toISOString() });
      expect(await deliver(event)).toEqual([]);
      email = `not-${email}`;
    }
    expect(mails()).toEqual([]);
  });

  test('is not forgotten by a suppression that comes while it is sent', async () => {
    const event = await ask();
    const { dedupe } = await keys.loadKeys();
    service.answerBy(async (call) => {
      if (isMail(call))
        await recording.handler({ kind: 'Complaint', tag: addressHash(email, dedupe), at: 'now' });
      return accept(call);
    });
    expect(await deliver(event)).toEqual(['m0']);
    vi.setSystemTime(noon + minute);
    expect(await deliver(event)).toEqual([]);
    expect(mails()).toHaveLength(1);
  });
});

type Asked = ReturnType<typeof anAction>;

/** Stores what somebody asked, or what became of it since; answers the news of the asking. */
async function ask(
  then: (action: Asked) => object = (action) => action,
  kind: 'signature' | 'pledge' = 'signature',
) {
  const hash = Buffer.from(`mailbox ${email}`).toString('base64url');
  const id = toActionId({ root: 'mental-health-for-all', kind, hash });
  const expiresAt = noon + 7 * 24 * 60 * minute;
  const action = anAction({ ...toKey(id), asked: { ...someDetails({ email }), expiresAt } });
  await database.put('Actions', then(action));
  return taken(id, action.askedVersion);
}

function taken(action: string, version: number) {
  const at = new Date(noon).toISOString();
  return toEvent('ActionTaken', { id: `actions:${action}:${version}`, at, action, version });
}

/** Hands the event over; answers the messages that are to come again. */
async function deliver(event: ReturnType<typeof taken>): Promise<string[]> {
  const { batchItemFailures } = await sending.handler(aQueueBatch([event]));
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
}

function isMail({ operation }: ServiceCall): boolean {
  return operation === 'POST /v2/email/outbound-emails';
}

function mails(): ServiceCall[] {
  return service.calls.filter(isMail);
}

const secret = { SecretString: JSON.stringify({ seed: 's'.repeat(64), kid: 'k1' }) };

function accept(call: ServiceCall) {
  return { body: isMail(call) ? { MessageId: 'ses-1' } : secret };
}

function refuse(name: string, status: number) {
  return (call: ServiceCall) =>
    isMail(call) ? { service: 'ses', fault: { name, status } } : { body: secret };
}
