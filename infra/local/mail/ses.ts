/** SES v2 on one machine: checks a message as SES does, keeps it, and lets the inbox show it. */
import type { PutEvent, ServiceEndpoint, ServiceRequest, ServiceResponse } from '../contract.ts';
import { toError, toJsonReply } from '../gateway/wire.ts';
import { REGION } from '../template/resource-types.ts';
import type { Template } from '../template/template.ts';
import type { Envelope, MailStore } from './mail-store.ts';
import { announce, wantedEvents } from './ses-events.ts';
import { type Header, readHeaders, type SendEmailBody, toAddresses, toMessage } from './ses-message.ts';
import { openSuppressionList, type SuppressionList } from './suppression.ts';

interface SesOptions {
  dataDir: string;
  template: Pick<Template, 'ofType' | 'nameOf'>;
  putEvent: PutEvent;
  store: MailStore;
}
interface Ses extends SesOptions {
  suppression: SuppressionList;
  /** Runs one piece of work after the other. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

/** Mails a second that GetAccount reports; nothing here is slower, so the sender's own pace is what is seen. */
const MAX_SEND_RATE = 200;

/** Answers the SDK: SendEmail, simple and raw; GetAccount; and the suppression list. */
export function createSes(options: SesOptions): ServiceEndpoint {
  const suppression = openSuppressionList(options.dataDir);
  const ses: Ses = { ...options, suppression, inTurn: createTurns() };
  return (request) => answer(ses, request);
}

function createTurns(): Ses['inTurn'] {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => {});
    return done;
  };
}

async function answer(ses: Ses, { method, url, body }: ServiceRequest): Promise<ServiceResponse> {
  const called = `${method} ${url}`;
  if (called === 'POST /v2/email/outbound-emails') return sendEmail(ses, JSON.parse(body.toString()));
  if (called === 'GET /v2/email/account') return getAccount(ses);
  if (called === 'PUT /v2/email/suppression/addresses') {
    ses.suppression.put(JSON.parse(body.toString()));
    return toJsonReply({});
  }
  const [, encoded = ''] = /^\/v2\/email\/suppression\/addresses\/(.+)$/.exec(url) ?? [];
  const address = decodeURIComponent(encoded);
  const found = ses.suppression.find(address);
  if (!found) return refuse(404, 'NotFoundException', `${address} does not exist on your suppression list.`);
  if (method === 'GET') return toJsonReply({ SuppressedDestination: found });
  ses.suppression.remove(address);
  return toJsonReply({});
}

async function sendEmail(ses: Ses, input: SendEmailBody): Promise<ServiceResponse> {
  // In turn, however long each takes to write: the inbox lists messages in the order of their ids.
  const accepted = await ses.inTurn(() => accept(ses, input));
  if (accepted.refusal) return accepted.refusal;
  const { envelope, headers, kept } = accepted;
  await kept;
  const suppressed = envelope.to.filter((address) => ses.suppression.find(address));
  const wanted = wantedEvents(ses.template, envelope.configurationSet);
  // As on AWS, news of the message comes in its own time; the caller has its id first.
  announce({ envelope, headers, suppressed }, wanted, ses.putEvent).catch((error: unknown) => {
    console.error(`SES events of message ${envelope.id} were lost:`, error);
  });
  return toJsonReply({ MessageId: envelope.id });
}

/** What was refused, or what is being kept: `kept` resolves once it is on disk. */
async function accept(ses: Ses, input: SendEmailBody) {
  const now = new Date();
  const id = ses.store.newId(now);
  const message = await toMessage(input, id, now);
  if (!message) {
    const words = 'The local host sends simple and raw content only.';
    return { refusal: refuse(400, 'BadRequestException', words) };
  }
  const headers = readHeaders(message);
  const envelope = toEnvelope(input, headers, id, now);
  const refusal = check(ses, input, [envelope.from, ...addressesIn(headers, 'from')], envelope.to.length);
  if (refusal) return { refusal };
  return { envelope, headers, kept: ses.store.keep(envelope, message) };
}

/** The sender and recipients given beside the message, or else those in its header. */
function toEnvelope(input: SendEmailBody, headers: Header[], id: string, at: Date): Envelope {
  const { ToAddresses = [], CcAddresses = [], BccAddresses = [] } = input.Destination ?? {};
  const given = toAddresses([...ToAddresses, ...CcAddresses, ...BccAddresses]);
  return {
    id,
    at: at.toISOString(),
    from: toAddresses([input.FromEmailAddress])[0] ?? addressesIn(headers, 'from')[0] ?? '',
    to: given.length > 0 ? given : addressesIn(headers, 'to', 'cc', 'bcc'),
    ...(input.ConfigurationSetName && { configurationSet: input.ConfigurationSetName }),
    tags: Object.fromEntries((input.EmailTags ?? []).map(({ Name, Value }) => [Name, Value])),
  };
}

function addressesIn(headers: Header[], ...names: string[]): string[] {
  const chosen = headers.filter(({ name }) => names.includes(name.toLowerCase()));
  return toAddresses(chosen.map(({ value }) => value));
}

/** The answer to a message that SES would not take. */
function check(
  { template }: Ses,
  { ConfigurationSetName: set, EmailTags = [] }: SendEmailBody,
  senders: string[],
  recipients: number,
): ServiceResponse | undefined {
  const namesOf = (type: string) => template.ofType(type).map(([id]) => template.nameOf(id));
  if (set && !namesOf('AWS::SES::ConfigurationSet').includes(set))
    return refuse(404, 'NotFoundException', `Configuration set <${set}> does not exist.`);
  const identities = namesOf('AWS::SES::EmailIdentity').map((name) => name.toLowerCase());
  const unverified = senders.filter((sender) => !isVerified(sender.toLowerCase(), identities));
  if (unverified.length > 0) {
    const words = 'Email address is not verified. The following identities failed the check in region';
    return refuse(400, 'MessageRejected', `${words} ${REGION.toUpperCase()}: ${unverified.join(', ')}`);
  }
  if (recipients === 0 || recipients > 50)
    return refuse(400, 'BadRequestException', `A message has 1 to 50 recipients, not ${recipients}.`);
  const tags = EmailTags.flatMap(({ Name, Value }) => [Name, Value]);
  if (tags.every((text) => /^[\w-]{1,256}$/.test(text))) return undefined;
  const words = 'Tags are 1 to 256 of ASCII letters, digits, "_" and "-".';
  return refuse(400, 'BadRequestException', words);
}

/** An address is verified by its own identity, or by that of its domain or of a domain above. */
function isVerified(sender: string, identities: string[]): boolean {
  const [, domain = ''] = sender.split('@');
  return identities.some((each) => each === sender || `.${domain}`.endsWith(`.${each}`));
}

function getAccount({ store }: Ses): ServiceResponse {
  const since = new Date(Date.now() - 86_400_000).toISOString();
  const sent = store.envelopes.filter(({ at }) => at > since).length;
  return toJsonReply({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    SendQuota: { Max24HourSend: -1, MaxSendRate: MAX_SEND_RATE, SentLast24Hours: sent },
  });
}

function refuse(status: number, name: string, message: string): ServiceResponse {
  return toError('ses', { name, message, status });
}
