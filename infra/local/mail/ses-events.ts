/**
 * What becomes of an accepted message, told as SES tells EventBridge: sent, then delivered, bounced or complained of.
 * Addresses of the mailbox simulator bounce and complain as on AWS, and so do suppressed ones; all others receive.
 */
import type { PutEvent } from '../contract.ts';
import { ACCOUNT, toArn } from '../template/resource-types.ts';
import type { Template } from '../template/template.ts';
import type { Envelope } from './mail-store.ts';
import type { Header } from './ses-message.ts';

interface Accepted {
  envelope: Envelope;
  headers: Header[];
  /** Recipients on the account's suppression list. */
  suppressed: string[];
}

/** By the names of the event destination's MatchingEventTypes. */
const DETAIL_TYPES = {
  send: ['Email Sent', 'Send'],
  delivery: ['Email Delivered', 'Delivery'],
  bounce: ['Email Bounced', 'Bounce'],
  complaint: ['Email Complaint Received', 'Complaint'],
} as const;
type Kind = keyof typeof DETAIL_TYPES;

/** Puts on the default bus the events that the message's configuration set asks for. */
export async function announce(accepted: Accepted, wanted: Set<string>, putEvent: PutEvent): Promise<void> {
  const { configurationSet } = accepted.envelope;
  for (const [kind, facts] of fatesOf(accepted)) {
    if (!wanted.has(kind)) continue;
    const [detailType, eventType] = DETAIL_TYPES[kind];
    await putEvent('default', {
      source: 'aws.ses',
      'detail-type': detailType,
      resources: [toArn('ses', `configuration-set/${configurationSet}`)],
      detail: { eventType, mail: toMail(accepted), [kind]: facts },
    });
  }
}

/** The event types, in lower case, that a configuration set sends to EventBridge. */
export function wantedEvents(template: Pick<Template, 'ofType'>, configurationSet?: string): Set<string> {
  const destinations = template
    .ofType('AWS::SES::ConfigurationSetEventDestination')
    .filter(([, { ConfigurationSetName }]) => ConfigurationSetName === configurationSet)
    .map(([, { EventDestination }]) => EventDestination)
    .filter(({ Enabled, EventBridgeDestination }) => Enabled && EventBridgeDestination);
  const types: string[] = destinations.flatMap(({ MatchingEventTypes }) => MatchingEventTypes);
  return new Set(types.map((type) => type.toLowerCase()));
}

function fatesOf({ envelope, suppressed }: Accepted): [Kind, object][] {
  // `bounce@…` and, to tell one from another, `bounce+anything@…`.
  const simulated = (name: string) =>
    envelope.to.filter((address) =>
      new RegExp(`^${name}(\\+.*)?@simulator\\.amazonses\\.com$`).test(address),
    );
  const bounced = [...suppressed, ...simulated('bounce')];
  const delivered = envelope.to.filter((address) => !bounced.includes(address));
  const complained = simulated('complaint');
  const timestamp = new Date().toISOString();
  const feedbackId = `${envelope.id}-feedback`;
  const toRecipients = (addresses: string[]) => addresses.map((emailAddress) => ({ emailAddress }));
  const fates: [Kind, object][] = [['send', {}]];
  if (bounced.length > 0) {
    const bounceSubType = suppressed.length > 0 ? 'OnAccountSuppressionList' : 'General';
    const bounce = { bounceType: 'Permanent', bounceSubType, bouncedRecipients: toRecipients(bounced) };
    fates.push(['bounce', { ...bounce, timestamp, feedbackId }]);
  }
  if (delivered.length > 0) fates.push(['delivery', { timestamp, recipients: delivered }]);
  if (complained.length > 0) {
    const complaint = { complainedRecipients: toRecipients(complained), complaintFeedbackType: 'abuse' };
    fates.push(['complaint', { ...complaint, timestamp, feedbackId }]);
  }
  return fates;
}

function toMail({ envelope, headers }: Accepted): object {
  const tags = Object.entries(envelope.tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: envelope.at,
    source: envelope.from,
    sendingAccountId: ACCOUNT,
    messageId: envelope.id,
    destination: envelope.to,
    headersTruncated: false,
    headers,
    tags: { 'ses:configuration-set': [envelope.configurationSet], ...Object.fromEntries(tags) },
  };
}
