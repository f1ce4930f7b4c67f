import { createHash } from 'node:crypto';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Action } from '../../functions/actions/action.ts';
import type { handler } from '../../functions/outbox/relay.stream.ts';
import { pointSdkTo } from '../support/a-database.ts';
import { anAction, confirmed } from '../support/an-action.ts';
import { type AwsService, anAwsService, type ServiceCall } from '../support/an-aws-service.ts';

let service: AwsService;
let relay: typeof handler;

beforeAll(async () => {
  vi.spyOn(console, 'error').mockReturnValue();
  vi.spyOn(console, 'warn').mockReturnValue();
  service = await anAwsService();
  pointSdkTo(service.url, {
    ACTIONS_TABLE: 'Actions',
    TALLIES_TABLE: 'Tallies',
    LETTERS_TABLE: 'Letters',
    MEMBERS_TABLE: 'Members',
    AUDIT_TABLE: 'Audit',
    BUS_NAME: 'Bus',
    KEYS_SECRET: 'keys',
    SITE_URL: 'https://groundswell.example.org',
    CAMPAIGNS_TABLE: 'Campaigns',
    RELAY_FAILURES_QUEUE_URL: `${service.url}/000000000000/Failures`,
  });
  relay = (await import('../../functions/outbox/relay.stream.ts')).handler;
});
afterAll(() => service.stop());

describe('the relay', () => {
  test('puts what changed on the bus, by the name of the event', async () => {
    service.answerBy(takeAll);
    const action = anAction();
    expect(await relay(stream([undefined, action], [action, confirmed(action)]))).toEqual({
      batchItemFailures: [],
    });
    expect(announced()).toMatchObject([
      { EventBusName: 'Bus', Source: 'groundswell', DetailType: 'ActionTaken' },
      { EventBusName: 'Bus', Source: 'groundswell', DetailType: 'ActionConfirmed' },
    ]);
    expect(JSON.stringify(announced())).not.toMatch(/Amina|amina@/);
  });

  test('tells of a milestone by the growth of those reached', async () => {
    service.answerBy(takeAll);
    const tally = { pk: 'a', sk: 'tally', version: 1, asOf: 1, rate: 0, pollAfter: 5, goals: [1], s: 1 };
    const reached = { ...tally, version: 2, reached: new Set(['world#1']), reachedAt: 2 };
    await relay(records('Tallies', [tally, reached], [reached, { ...reached, version: 3, s: 2 }]));
    expect(announced()).toMatchObject([{ Source: 'groundswell', DetailType: 'MilestoneReached' }]);
  });

  test('tells that somebody is invited, by ids alone', async () => {
    service.answerBy(takeAll);
    const invitation = {
      ...{
        organisation: 'demo-network',
        sk: 'invitation#0aXk',
        id: '0aXk',
        by: 'owner@example.org',
        state: 'sent',
      },
      ...{ invitedEmail: 'amina@example.org', role: 'viewer', language: 'en', version: 1 },
      ...{ invitedAt: 1, expiresAt: 2 },
    };
    await relay(records('Members', [undefined, invitation]));
    expect(announced()).toMatchObject([{ Source: 'groundswell', DetailType: 'MemberInvited' }]);
    expect(JSON.stringify(announced())).not.toContain('@example.org');
  });

  test('has nothing to say of what was removed', async () => {
    service.answerBy(takeAll);
    expect(await relay(stream([anAction(), undefined]))).toEqual({ batchItemFailures: [] });
    expect(service.calls).toEqual([]);
  });

  test('puts ten events at a time', async () => {
    service.answerBy(takeAll);
    await relay(stream(...taken(23)));
    expect(service.calls.map(({ body }) => body.Entries.length)).toEqual([10, 10, 3]);
  });

  test('sends again only the entries that the bus did not take', async () => {
    let calls = 0;
    service.answerBy((call) => {
      calls += 1;
      return takeBut(call, (_, at) => calls === 1 && (at === 1 || at === 3));
    });
    expect(await relay(stream(...taken(5)))).toEqual({ batchItemFailures: [] });
    const versions = service.calls.map(({ body }) => body.Entries.map(versionOf));
    expect(versions).toEqual([
      [0, 1, 2, 3, 4],
      [1, 3],
    ]);
  });

  test('asks for the stream again from the first record that stays refused; the others got through', async () => {
    service.answerBy((call) => takeBut(call, (entry) => [2, 4].includes(versionOf(entry))));
    expect(await relay(stream(...taken(5)))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'sequence-2' }],
    });
    const accepted = new Set(announced().map(versionOf));
    expect(accepted).toEqual(new Set([0, 1, 2, 3, 4]));
  });

  test('asks for all of it again when the bus does not answer', async () => {
    service.answerBy(() => undefined);
    expect(await relay(stream(...taken(3)))).toEqual({
      batchItemFailures: [{ itemIdentifier: 'sequence-0' }],
    });
  });

  const unmappable: Array<[string, object]> = [
    ['of an unknown state', { ...anAction(), state: 'lost' }],
    ['with a number that is not exact', { ...anAction(), askedAt: 'HUGE' }],
    ['of a type that this version of the SDK does not know', { ...anAction(), askedAt: 'STRANGE' }],
  ];
  test.each(unmappable)(
    'puts a change %s aside by key, version and reason, and announces the others',
    async (_, item) => {
      service.answerBy(takeAll);
      const [first, second] = taken(2);
      const answer = await relay(stream(first, [undefined, item as Action], second));
      expect(answer).toEqual({ batchItemFailures: [] });
      expect(announced()).toHaveLength(2);
      const reports = service.calls.filter(({ operation }) => operation === 'SendMessage');
      expect(reports.map(({ body }) => JSON.parse(body.MessageBody))).toEqual([
        {
          stream: streamOf('Actions'),
          sequenceNumber: 'sequence-1',
          key: marshall({ pk: anAction().pk, sk: anAction().sk }),
          version: '11',
          reason: expect.stringMatching(/Error$/),
        },
      ]);
      expect(JSON.stringify(reports)).not.toMatch(/Amina|amina@/);
    },
  );

  test('puts the changes of a table aside that no room announces', async () => {
    service.answerBy(takeAll);
    expect(await relay(records('Campaigns', [undefined, anAction()]))).toEqual({ batchItemFailures: [] });
    expect(service.calls.map(({ operation }) => operation)).toEqual(['SendMessage']);
  });

  test('fails, so that nothing is lost, when a change can be neither told nor put aside', async () => {
    service.answerBy(({ operation }) =>
      operation === 'SendMessage'
        ? { service: 'sqs', fault: { name: 'AccessDenied', status: 403 } }
        : { body: {} },
    );
    await expect(relay(stream([undefined, { ...anAction(), state: 'lost' } as never]))).rejects.toThrow();
  });
});

type Change = [before: object | undefined, after: object | undefined];

/** New actions of versions from 0 on. */
function taken(count: number): Change[] {
  return Array.from({ length: count }, (_, version) => [
    undefined,
    anAction({ version, askedVersion: version }),
  ]);
}

function stream(...changes: Array<Change | undefined>) {
  return records('Actions', ...changes);
}

function records(table: string, ...changes: Array<Change | undefined>) {
  const Records = changes.map((change, at) => {
    const [OldImage, NewImage] = (change ?? []).map(toImage);
    const { pk, sk } = NewImage ?? OldImage ?? {};
    return {
      eventSourceARN: streamOf(table),
      dynamodb: { Keys: { pk, sk }, OldImage, NewImage, SequenceNumber: `sequence-${at}` },
    };
  });
  return { Records } as never;
}

/** As the stream gives it; some texts stand for what `marshall` would not write. */
function toImage(item: object | undefined) {
  if (!item) return undefined;
  const image = marshall(item, { removeUndefinedValues: true });
  const json = JSON.stringify(image, setsAsLists);
  return JSON.parse(
    json.replace('{"S":"HUGE"}', '{"N":"9007199254740993"}').replace('{"S":"STRANGE"}', '{"X":"1"}'),
  );
}

function setsAsLists(_: string, value: unknown): unknown {
  return value instanceof Set ? [...value] : value;
}

function streamOf(table: string): string {
  return `arn:aws:dynamodb:eu-central-1:000000000000:table/${table}/stream/2026-10-10T00:00:00.000`;
}

// biome-ignore lint/suspicious/noExplicitAny: an entry of PutEvents as it arrived.
type Entry = any;

function announced(): Entry[] {
  return service.calls
    .filter(({ operation }) => operation === 'PutEvents')
    .flatMap(({ body }) => body.Entries);
}

function versionOf({ Detail }: Entry): number {
  return JSON.parse(Detail).version;
}

/** The SDK checks that SQS received what was sent. */
function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}

function takeAll(call: ServiceCall) {
  return takeBut(call, () => false);
}

function takeBut({ operation, body }: ServiceCall, isRefused: (entry: Entry, at: number) => boolean) {
  if (operation !== 'PutEvents') return { body: { MessageId: 'm', MD5OfMessageBody: md5(body.MessageBody) } };
  const Entries = body.Entries.map((entry: Entry, at: number) =>
    isRefused(entry, at) ? { ErrorCode: 'ThrottlingException' } : { EventId: `e${at}` },
  );
  return { body: { FailedEntryCount: Entries.filter((e: Entry) => e.ErrorCode).length, Entries } };
}
