import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteSuppressedDestinationCommand,
  GetAccountCommand,
  GetSuppressedDestinationCommand,
  PutSuppressedDestinationCommand,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { BusEvent, Listener, ServiceEndpoint } from '../../infra/local/contract.ts';
import { type InboxMessage, serveInbox } from '../../infra/local/mail/inbox.ts';
import { openMailStore } from '../../infra/local/mail/mail-store.ts';
import { createSes } from '../../infra/local/mail/ses.ts';
import { readBody } from '../../infra/local/site/http-reply.ts';
import { aTemplate, serve } from './serve.ts';

type PutEvent = Pick<BusEvent, 'source' | 'detail-type' | 'detail' | 'resources'>;

const dataDir = mkdtempSync(join(tmpdir(), 'ses-'));
const template = aTemplate({
  'hello.example.org': { type: 'AWS::SES::EmailIdentity', properties: {} },
  'one@example.com': { type: 'AWS::SES::EmailIdentity', properties: {} },
  Mailing: { type: 'AWS::SES::ConfigurationSet', properties: {} },
  Silent: { type: 'AWS::SES::ConfigurationSet', properties: {} },
  ToBus: {
    type: 'AWS::SES::ConfigurationSetEventDestination',
    properties: {
      ConfigurationSetName: 'Mailing',
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ['send', 'delivery', 'bounce', 'complaint'],
        EventBridgeDestination: { EventBusArn: 'arn:aws:events:local-region:000000000000:event-bus/default' },
      },
    },
  },
});
const events: PutEvent[] = [];
const putEvent = async (_: string, event: PutEvent) => void events.push(event);

let stack: Awaited<ReturnType<typeof serve>>;
let client: SESv2Client;
beforeAll(async () => {
  const store = openMailStore(dataDir);
  stack = await serve(() => [
    serveInbox(store),
    toListener(createSes({ dataDir, template, putEvent, store })),
  ]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new SESv2Client({ endpoint: stack.origin, region: 'local-region', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await stack.close();
  rmSync(dataDir, { recursive: true });
});

/** What the gateway does with an SDK's call. */
function toListener(endpoint: ServiceEndpoint): Listener {
  return async (request, response) => {
    const body = (await readBody(request, 2 ** 26)) ?? Buffer.alloc(0);
    const { method = '', url = '' } = request;
    const answer = await endpoint({ service: 'ses', method, url, headers: {}, body, caller: 'host' });
    response.writeHead(answer.status, answer.headers).end(answer.body);
    return true;
  };
}

const from = 'Groundswell <mail@hello.example.org>';
function aMail(changes: Partial<SendEmailCommandInput> = {}): SendEmailCommandInput {
  return {
    FromEmailAddress: from,
    Destination: { ToAddresses: ['ada@example.org'] },
    Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hi there' } } } },
    ...changes,
  };
}

const send = (changes?: Partial<SendEmailCommandInput>) => client.send(new SendEmailCommand(aMail(changes)));
const inbox = async (origin = stack.origin): Promise<InboxMessage[]> =>
  (await fetch(`${origin}/inbox/messages`)).json();
const received = async (id: string | undefined) => (await inbox()).find((message) => message.id === id);
const page = async (path: string) => (await fetch(`${stack.origin}${path}`)).text();

describe('a message', () => {
  test('of simple content is shown with its headers and attachments', async () => {
    const pdf = Buffer.from('%PDF-1.7 \u0000\u00ff', 'latin1');
    const { MessageId = '' } = await send({
      Destination: { ToAddresses: ['Ada <ada@example.org>'], BccAddresses: ['b@example.org'] },
      ReplyToAddresses: ['reply@example.org'],
      Content: {
        Simple: {
          Subject: { Data: 'Confirmez, عزيزي' },
          Body: { Text: { Data: 'Text é' }, Html: { Data: '<p>HTML é</p>' } },
          Headers: [{ Name: 'List-Unsubscribe', Value: '<https://example.org/u?t=1>' }],
          Attachments: [{ FileName: 'lettre é.pdf', RawContent: pdf, ContentType: 'application/pdf' }],
        },
      },
    });
    const message = await received(MessageId);
    expect(message).toMatchObject({
      from: '"Groundswell" <mail@hello.example.org>',
      to: ['ada@example.org', 'b@example.org'],
      subject: 'Confirmez, عزيزي',
      text: expect.stringContaining('Text é'),
      html: expect.stringContaining('<p>HTML é</p>'),
      headers: { 'list-unsubscribe': '<https://example.org/u?t=1>', 'reply-to': 'reply@example.org' },
      attachments: [{ filename: 'lettre é.pdf', contentType: 'application/pdf', size: pdf.length }],
    });
    expect(message?.headers).not.toHaveProperty('bcc');
    const attachment = await fetch(`${stack.origin}${message?.attachments[0]?.url}`);
    expect(attachment.headers.get('content-type')).toBe('application/pdf');
    expect(attachment.headers.get('content-disposition')).toMatch(
      /^inline; filename\*=UTF-8''lettre%20%C3%A9.pdf$/,
    );
    expect(Buffer.from(await attachment.arrayBuffer())).toEqual(pdf);
  });

  test('of raw content keeps its headers; its recipients are those of its header unless given', async () => {
    const raw = [
      'From: Sender <one@example.com>',
      'To: ada@example.org,',
      ' "Grace H." <grace@example.org>',
      'Subject: =?utf-8?q?Caf=C3=A9?=',
      'X-Letter: abc',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b\r\nContent-Type: text/plain\r\n\r\nHello\r\n',
      '--b\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=a.csv\r\n\r\n1,2\r\n--b--\r\n',
    ].join('\r\n');
    const { MessageId } = await client.send(
      new SendEmailCommand({ Content: { Raw: { Data: Buffer.from(raw) } } }),
    );
    expect(await received(MessageId)).toMatchObject({
      to: ['ada@example.org', 'grace@example.org'],
      subject: 'Café',
      text: expect.stringContaining('Hello'),
      html: '',
      headers: { 'x-letter': 'abc' },
      attachments: [{ filename: 'a.csv', contentType: 'text/csv', size: 3 }],
    });
  });

  test('outlives the process, in the order of sending', async () => {
    const sent = await Promise.all(Array.from({ length: 20 }, () => send()));
    const before = await inbox();
    const again = await serve(() => [serveInbox(openMailStore(dataDir))]);
    expect(await inbox(again.origin)).toEqual(before);
    await again.close();
    expect(before.map(({ id }) => id)).toEqual(before.map(({ id }) => id).sort());
    expect(before.map(({ id }) => id)).toEqual(
      expect.arrayContaining(sent.map(({ MessageId }) => MessageId)),
    );
  });

  test.each<[string, Partial<SendEmailCommandInput>, string, RegExp]>([
    [
      'from an unknown sender',
      { FromEmailAddress: 'x@elsewhere.org' },
      'MessageRejected',
      /not verified.*x@elsewhere\.org/,
    ],
    [
      'from an unknown sender behind a known one',
      { Content: { Raw: { Data: Buffer.from('From: x@elsewhere.org\r\nSubject: a\r\n\r\nb') } } },
      'MessageRejected',
      /x@elsewhere\.org/,
    ],
    [
      'from a lookalike domain',
      { FromEmailAddress: 'x@evilhello.example.org' },
      'MessageRejected',
      /not verified/,
    ],
    [
      'from another mailbox of a verified address',
      { FromEmailAddress: 'two@example.com' },
      'MessageRejected',
      /not verified/,
    ],
    [
      'through an unknown set',
      { ConfigurationSetName: 'None' },
      'NotFoundException',
      /<None> does not exist/,
    ],
    ['to nobody', { Destination: { ToAddresses: [] } }, 'BadRequestException', /recipients/],
    ['with a tag SES refuses', { EmailTags: [{ Name: 'id', Value: 'a#b' }] }, 'BadRequestException', /Tags/],
    [
      'of a template',
      { Content: { Template: { TemplateName: 'T' } } },
      'BadRequestException',
      /simple and raw/,
    ],
  ])('%s is refused and not kept', async (_, changes, name, message) => {
    const files = readdirSync(join(dataDir, 'mail')).length;
    await expect(send(changes)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
    expect(readdirSync(join(dataDir, 'mail')).length).toBe(files);
  });

  test('from below a verified domain is accepted', async () => {
    await expect(send({ FromEmailAddress: 'x@sub.hello.example.org' })).resolves.toHaveProperty('MessageId');
  });
});

describe('events on the default bus', () => {
  const fates = async (address: string, ConfigurationSetName = 'Mailing') => {
    events.length = 0;
    const EmailTags = [{ Name: 'letter', Value: 'l-1' }];
    const { MessageId } = await send({
      Destination: { ToAddresses: [address] },
      ConfigurationSetName,
      EmailTags,
    });
    return { MessageId, types: () => events.map((event) => event['detail-type']) };
  };

  test('tell that a message was sent and delivered, with its tags', async () => {
    const { MessageId, types } = await fates('ada@example.org');
    await vi.waitFor(() => expect(types()).toEqual(['Email Sent', 'Email Delivered']));
    expect(events[1]).toMatchObject({
      source: 'aws.ses',
      resources: ['arn:aws:ses:local-region:000000000000:configuration-set/Mailing'],
      detail: {
        eventType: 'Delivery',
        mail: {
          messageId: MessageId,
          source: 'mail@hello.example.org',
          destination: ['ada@example.org'],
          tags: { 'ses:configuration-set': ['Mailing'], letter: ['l-1'] },
        },
        delivery: { recipients: ['ada@example.org'] },
      },
    });
  });

  test('tell of the bounces and complaints of the mailbox simulator', async () => {
    const bounced = await fates('bounce+1@simulator.amazonses.com');
    await vi.waitFor(() => expect(bounced.types()).toEqual(['Email Sent', 'Email Bounced']));
    const emailAddress = 'bounce+1@simulator.amazonses.com';
    const bounce = { bounceType: 'Permanent', bouncedRecipients: [{ emailAddress }] };
    expect(events[1]?.detail).toMatchObject({ eventType: 'Bounce', bounce });
    const complained = await fates('complaint@simulator.amazonses.com');
    await vi.waitFor(() => expect(complained.types()).toHaveLength(3));
    expect(complained.types()[2]).toBe('Email Complaint Received');
  });

  test('tell that a suppressed address bounced', async () => {
    const EmailAddress = 'Gone@example.org';
    await client.send(new PutSuppressedDestinationCommand({ EmailAddress, Reason: 'BOUNCE' }));
    const suppressed = await fates('gone@example.org');
    await vi.waitFor(() => expect(suppressed.types()).toEqual(['Email Sent', 'Email Bounced']));
    expect(events[1]?.detail).toMatchObject({ bounce: { bounceSubType: 'OnAccountSuppressionList' } });
    const found = await client.send(new GetSuppressedDestinationCommand({ EmailAddress }));
    expect(found.SuppressedDestination).toMatchObject({ EmailAddress, Reason: 'BOUNCE' });
    expect(found.SuppressedDestination?.LastUpdateTime?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    await client.send(new DeleteSuppressedDestinationCommand({ EmailAddress }));
    const lost = client.send(new GetSuppressedDestinationCommand({ EmailAddress }));
    await expect(lost).rejects.toMatchObject({ name: 'NotFoundException' });
  });

  test('are put only for a set that asks for them', async () => {
    const { types } = await fates('ada@example.org', 'Silent');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(types()).toEqual([]);
  });
});

test('the account tells its sending rate', async () => {
  const { SendQuota, SendingEnabled } = await client.send(new GetAccountCommand({}));
  expect(SendingEnabled).toBe(true);
  expect(SendQuota?.MaxSendRate).toBeGreaterThan(0);
});

describe('the inbox, read in parts', () => {
  const read = async (query: string): Promise<InboxMessage[]> =>
    (await fetch(`${stack.origin}/inbox/messages?${query}`)).json();

  test('hands out what came after a message, and so many at a time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => send()));
    const all = await inbox();
    const [third, fourth, fifth] = all.slice(2);

    expect(await read(`after=${third?.id}&limit=2`)).toEqual([fourth, fifth]);
    expect(await read(`after=${third?.id}`)).toEqual(all.slice(3));
    expect(await read('limit=1')).toEqual(all.slice(0, 1));
    expect(await read(`after=${all.at(-1)?.id}`)).toEqual([]);
    expect(await read('')).toEqual(all);
  });

  test('hands out what came after a time, which ids begin with', async () => {
    const [first] = await inbox();
    const time = Date.now().toString(16).padStart(12, '0');
    const { MessageId } = await send();

    const found = (await read(`after=0100${time}`)).map(({ id }) => id);

    expect(found).toContain(MessageId);
    expect(found).not.toContain(first?.id);
  });

  test('has each message in its turn, so that none is overlooked behind one that is quicker to write', async () => {
    const store = openMailStore(mkdtempSync(join(dataDir, 'turns-')));
    const endpoint = createSes({ dataDir, template, putEvent, store });
    const raw = { Raw: { Data: Buffer.from(`From: ${from}\nTo: ada@example.org\n\nHi`).toString('base64') } };
    const accept = (content: object) => {
      const body = Buffer.from(JSON.stringify({ ...aMail(), Content: content }));
      const call = { service: 'ses', method: 'POST', url: '/v2/email/outbound-emails', headers: {} };
      return endpoint({ ...call, body, caller: 'host' });
    };

    await Promise.all([aMail().Content ?? {}, raw].map(accept));

    const ids = store.envelopes.map(({ id }) => id);
    expect(ids).toHaveLength(2);
    expect(ids).toEqual(ids.toSorted());
  });

  test.each(['0', '-1', '1001', 'many', '1.5', ''])('refuses a limit of "%s" in words', async (limit) => {
    const answer = await fetch(`${stack.origin}/inbox/messages?limit=${limit}`);

    expect(answer.status).toBe(400);
    expect(await answer.text()).toBe('Give a limit from 1 to 1000, or none.\n');
  });
});

describe('the inbox for people', () => {
  const attack = '<script>alert(1)</script><img src=x onerror="alert(1)">';

  test('shows what a stranger wrote as text', async () => {
    const { MessageId } = await send({
      FromEmailAddress: `"${attack.replaceAll('"', '')}" <mail@hello.example.org>`,
      Content: {
        Simple: {
          Subject: { Data: attack },
          Body: { Text: { Data: `${attack} https://example.org/a?b=1&c=2` }, Html: { Data: attack } },
          Attachments: [
            { FileName: `${attack}.html`, RawContent: Buffer.from(attack), ContentType: 'text/html' },
          ],
        },
      },
    });
    for (const path of ['/inbox/', `/inbox/${MessageId}`]) {
      const markup = await page(path);
      expect(markup).toContain('&lt;script&gt;alert(1)');
      expect(markup).not.toMatch(/<script>|<img/);
    }
    expect(await page(`/inbox/${MessageId}`)).toContain('<a href="https://example.org/a?b=1&amp;c=2"');
  });

  test('keeps the HTML of a mail in a sandbox, and downloads attachments that could be pages', async () => {
    const message = (await inbox()).at(-1);
    const body = await fetch(`${stack.origin}/inbox/${message?.id}/body`);
    const policy = body.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^sandbox (?!.*allow-scripts)(?!.*allow-same-origin).*default-src 'none'/);
    expect(await body.text()).toContain('<base target="_blank">');
    const attachment = await fetch(`${stack.origin}${message?.attachments[0]?.url}`);
    expect(attachment.headers.get('content-disposition')).toMatch(/^attachment;/);
  });

  test('leads from /inbox to /inbox/, and says so when a message is not there', async () => {
    const redirect = await fetch(`${stack.origin}/inbox`, { redirect: 'manual' });
    expect([redirect.status, redirect.headers.get('location')]).toEqual([302, '/inbox/']);
    expect((await fetch(`${stack.origin}/inbox/none`)).status).toBe(404);
    expect((await fetch(`${stack.origin}//`)).status).not.toBe(200);
    expect((await fetch(`${stack.origin}/inbox/`, { method: 'POST' })).status).toBe(405);
  });
});
