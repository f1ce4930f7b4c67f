/** SES v2 on one machine: checks a message as SES does, keeps it, and lets the inbox show it. */
import type { Listener, PutEvent, ServiceEndpoint, ServiceRequest, ServiceResponse } from '../contract.ts';
import { toError, toJsonReply } from '../gateway/wire.ts';
import { REGION } from '../template/resource-types.ts';
import type { LoadedTemplate } from '../template/template.ts';
import { serveInbox } from './inbox.ts';
import { type Envelope, type MailStore, openMailStore } from './mail-store.ts';
import { announce, wantedEvents } from './ses-events.ts';
import { type Header, readHeaders, type SendEmailBody, toAddresses, toMessage } from './ses-message.ts';
import { openSuppressionList, type SuppressionList } from './ses-suppression.ts';

interface Ses {
  template: Pick<LoadedTemplate, 'resources' | 'value'>;
  putEvent: PutEvent;
  store: MailStore;
  suppression: SuppressionList;
}

/** Mails a second that GetAccount reports; nothing here is slower, so the sender's own pace is what is seen. */
const maxSendRate = 200;

/** The endpoint answers the SDK; the listener is the inbox under `/inbox`. */
export function createSes(options: { dataDir: string } & Pick<Ses, 'template' | 'putEvent'>): {
  endpoint: ServiceEndpoint;
  listener: Listener;
} {
  const store = openMailStore(options.dataDir);
  const ses: Ses = { ...options, store, suppression: openSuppressionList(options.dataDir) };
  return { endpoint: (request) => answer(ses, request), listener: serveInbox(store) };
}

async function answer(ses: Ses, { method, url, body }: ServiceRequest): Promise<ServiceResponse> {
  const path = url.split('?')[0] ?? '';
  const [, address] = /^\/v2\/email\/suppression\/addresses(?:\/(.+))?$/.exec(path) ?? [];
  const input = () => JSON.parse(body.toString('utf8'));
  if (`${method} ${path}` === 'POST /v2/email/outbound-emails') return sendEmail(ses, input());
  if (`${method} ${path}` === 'GET /v2/email/account') return getAccount(ses);
  if (address) return answerForAddress(ses, method, decodeURIComponent(address));
  if (`${method} ${path}` === 'GET /v2/email/suppression/addresses')
    return toJsonReply({ SuppressedDestinationSummaries: ses.suppression.all() });
  if (`${method} ${path}` === 'PUT /v2/email/suppression/addresses') {
    const { EmailAddress, Reason } = input();
    ses.suppression.put(EmailAddress, Reason, new Date());
    return toJsonReply({});
  }
  return refuse(404, 'UnknownOperationException', `The local host does not know SES's ${method} ${path}.`);
}

async function sendEmail(ses: Ses, input: SendEmailBody): Promise<ServiceResponse> {
  const now = new Date();
  const id = ses.store.newId(now);
  const message = await toMessage(input, id, now);
  if (!message)
    return refuse(400, 'BadRequestException', 'The local host sends simple and raw content only.');
  const headers = readHeaders(message);
  const envelope = toEnvelope(input, headers, id, now);
  const senders = [envelope.from, ...addressesIn(headers, 'from')].filter(Boolean);
  const refusal = check(ses, input, senders, envelope.to.length);
  if (refusal) return refusal;
  await ses.store.keep(envelope, message);
  const suppressed = envelope.to.filter((address) => ses.suppression.find(address));
  const wanted = wantedEvents(ses.template, envelope.configurationSet);
  // As on AWS, news of the message comes in its own time; the caller has its id first.
  announce({ envelope, headers, suppressed }, wanted, ses.putEvent).catch((error: unknown) => {
    console.error(`SES events of message ${id} were lost:`, error);
  });
  return toJsonReply({ MessageId: id });
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
  return toAddresses(
    headers.filter(({ name }) => names.includes(name.toLowerCase())).map(({ value }) => value),
  );
}

function check(
  ses: Ses,
  { ConfigurationSetName: set, EmailTags = [] }: SendEmailBody,
  senders: string[],
  recipients: number,
): ServiceResponse | undefined {
  const sets = idsOf(ses, 'AWS::SES::ConfigurationSet').map((id) => ses.template.value(id));
  if (set && !sets.includes(set))
    return refuse(404, 'NotFoundException', `Configuration set <${set}> does not exist.`);
  if (senders.length === 0) return refuse(400, 'BadRequestException', "Missing required header 'From'.");
  const unverified = senders.filter((sender) => !isVerified(ses, sender));
  if (unverified.length > 0) {
    const words = 'Email address is not verified. The following identities failed the check in region';
    return refuse(400, 'MessageRejected', `${words} ${REGION.toUpperCase()}: ${unverified.join(', ')}`);
  }
  if (recipients === 0 || recipients > 50)
    return refuse(400, 'BadRequestException', `A message has 1 to 50 recipients, not ${recipients}.`);
  const tags = EmailTags.flatMap(({ Name, Value }) => [Name, Value]);
  if (tags.every((text) => /^[\w-]{1,256}$/.test(text))) return undefined;
  return refuse(400, 'BadRequestException', 'Tags are 1 to 256 of ASCII letters, digits, "_" and "-".');
}

/** An address is verified by its own identity, or by that of its domain or of a domain above. */
function isVerified(ses: Ses, from: string): boolean {
  const [, domain = ''] = from.toLowerCase().split('@');
  const identities = idsOf(ses, 'AWS::SES::EmailIdentity').map((id) => ses.template.value(id).toLowerCase());
  return identities.some((each) => each === from.toLowerCase() || `.${domain}`.endsWith(`.${each}`));
}

function idsOf({ template }: Ses, type: string): string[] {
  return [...template.resources].filter(([, resource]) => resource.type === type).map(([id]) => id);
}

function getAccount({ store }: Ses): ServiceResponse {
  const since = new Date(Date.now() - 86_400_000).toISOString();
  const sent = store.envelopes.filter(({ at }) => at > since).length;
  return toJsonReply({
    ProductionAccessEnabled: true,
    SendingEnabled: true,
    EnforcementStatus: 'HEALTHY',
    SendQuota: { Max24HourSend: -1, MaxSendRate: maxSendRate, SentLast24Hours: sent },
    SuppressionAttributes: { SuppressedReasons: ['BOUNCE', 'COMPLAINT'] },
  });
}

function answerForAddress({ suppression }: Ses, method: string, address: string): ServiceResponse {
  const found = method === 'DELETE' ? suppression.remove(address) : suppression.find(address);
  if (!found) {
    const words = `Email address ${address} does not exist on your suppression list.`;
    return refuse(404, 'NotFoundException', words);
  }
  return toJsonReply(method === 'DELETE' ? {} : { SuppressedDestination: found });
}

function refuse(status: number, name: string, message: string): ServiceResponse {
  return toError('ses', { name, message, status });
}
