/**
 * What becomes of an accepted message, told as SES tells EventBridge: sent, then delivered, bounced or complained of.
 * Addresses of the mailbox simulator bounce and complain as on AWS, and so do suppressed ones; all others receive.
 */
import type { PutEvent } from '../contract.ts';
import { ACCOUNT, toArn } from '../template/resource-types.ts';
import type { LoadedTemplate } from '../template/template.ts';
import type { Envelope } from './mail-store.ts';
import type { Header } from './ses-message.ts';

export interface Accepted {
  envelope: Envelope;
  headers: Header[];
  /** Recipients on the account's suppression list. */
  suppressed: string[];
}
type Kind = keyof typeof detailTypes;

/** By the names of the event destination's MatchingEventTypes. */
const detailTypes = {
  send: ['Email Sent', 'Send'],
  delivery: ['Email Delivered', 'Delivery'],
  bounce: ['Email Bounced', 'Bounce'],
  complaint: ['Email Complaint Received', 'Complaint'],
} as const;

/** Puts on the default bus the events that the message's configuration set asks for. */
export async function announce(accepted: Accepted, wanted: Set<string>, putEvent: PutEvent): Promise<void> {
  const { configurationSet } = accepted.envelope;
  for (const [kind, facts] of fatesOf(accepted, new Date().toISOString())) {
    if (!wanted.has(kind)) continue;
    const [detailType, eventType] = detailTypes[kind];
    await putEvent('default', {
      source: 'aws.ses',
      'detail-type': detailType,
      resources: [toArn('ses', `configuration-set/${configurationSet}`)],
      detail: { eventType, mail: toMail(accepted), [kind]: facts },
    });
  }
}

/** The event types, in lower case, that a configuration set sends to EventBridge. */
export function wantedEvents(
  template: Pick<LoadedTemplate, 'resources'>,
  configurationSet?: string,
): Set<string> {
  const destinations = [...template.resources.values()]
    .filter(({ type }) => type === 'AWS::SES::ConfigurationSetEventDestination')
    .filter(({ properties }) => properties['ConfigurationSetName'] === configurationSet)
    .map(({ properties }) => properties['EventDestination'])
    .filter(({ Enabled, EventBridgeDestination }) => Enabled && EventBridgeDestination);
  return new Set(
    destinations.flatMap((each) => each.MatchingEventTypes.map((type: string) => type.toLowerCase())),
  );
}

function fatesOf({ envelope, suppressed }: Accepted, timestamp: string): [Kind, object][] {
  const simulated = (name: string) => envelope.to.filter((address) => isSimulated(address, name));
  const bounced = [...suppressed, ...simulated('bounce'), ...simulated('suppressionlist')];
  const delivered = envelope.to.filter((address) => !bounced.includes(address));
  const feedbackId = `${envelope.id}-feedback`;
  const fates: [Kind, object][] = [['send', {}]];
  if (bounced.length > 0)
    fates.push(['bounce', toBounce(bounced, suppressed.length > 0, timestamp, feedbackId)]);
  if (delivered.length > 0) fates.push(['delivery', toDelivery(delivered, timestamp)]);
  if (simulated('complaint').length > 0) {
    const complainedRecipients = simulated('complaint').map((emailAddress) => ({ emailAddress }));
    fates.push([
      'complaint',
      { complainedRecipients, timestamp, feedbackId, complaintFeedbackType: 'abuse' },
    ]);
  }
  return fates;
}

function toBounce(addresses: string[], suppressed: boolean, timestamp: string, feedbackId: string): object {
  const bouncedRecipients = addresses.map((emailAddress) => ({
    emailAddress,
    action: 'failed',
    status: '5.1.1',
    diagnosticCode: suppressed
      ? 'Amazon SES did not send the message to this address.'
      : 'smtp; 550 5.1.1 user unknown',
  }));
  const bounceSubType = suppressed ? 'OnAccountSuppressionList' : 'General';
  return { bounceType: 'Permanent', bounceSubType, bouncedRecipients, timestamp, feedbackId };
}

function toDelivery(recipients: string[], timestamp: string): object {
  const smtpResponse = '250 2.6.0 Message received';
  return { timestamp, processingTimeMillis: 1, recipients, smtpResponse, reportingMTA: 'localhost' };
}

function toMail({ envelope, headers }: Accepted): object {
  const first = (name: string) => headers.find((header) => header.name.toLowerCase() === name)?.value;
  const tags = Object.entries(envelope.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: envelope.at,
    source: envelope.from,
    sourceArn: toArn('ses', `identity/${envelope.from.split('@')[1]}`),
    sendingAccountId: ACCOUNT,
    messageId: envelope.id,
    destination: envelope.to,
    headersTruncated: false,
    headers,
    commonHeaders: {
      from: [first('from')],
      to: envelope.to,
      messageId: envelope.id,
      subject: first('subject'),
    },
    tags: { 'ses:configuration-set': [envelope.configurationSet], ...Object.fromEntries(tags) },
  };
}

/** `bounce@…` and, to tell one from another, `bounce+anything@…`. */
function isSimulated(address: string, name: string): boolean {
  return new RegExp(`^${name}(\\+.*)?@simulator\\.amazonses\\.com$`, 'i').test(address);
}
