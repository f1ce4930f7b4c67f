import type { EventBridgeEvent, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { log } from '../aws/log.ts';
import { type CatalogueEvent, type EventName, fromBus } from './catalogue.ts';

/** Older events are refused: markers and mail records that would tell a repeat are kept for 90 days. */
const oldestEvent = 60 * 24 * 60 * 60 * 1_000;

export interface Received<Name extends EventName = EventName> {
  messageId: string;
  event: CatalogueEvent<Name>;
}

/**
 * A reactor that is handed a whole batch off its queue and answers which messages failed. What cannot be read
 * is a failed message of its own and reaches the dead-letter queue; the others are not held up.
 */
export function batchReactor<Name extends EventName>(
  names: Name[],
  react: (batch: Received<Name>[], now: number) => Promise<{ failed: string[] }>,
) {
  return async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
    const now = Date.now();
    const unreadable: string[] = [];
    const batch = Records.flatMap((record) => {
      try {
        return [{ messageId: record.messageId, event: read(JSON.parse(record.body), names, now) }];
      } catch (error) {
        log('error', 'event cannot be read', { error });
        unreadable.push(record.messageId);
        return [];
      }
    });
    const { failed } = batch.length > 0 ? await react(batch, now) : { failed: [] };
    return { batchItemFailures: [...unreadable, ...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

/** A reactor that is handed one event after the other off its queue; one that throws is retried alone. */
export function queueReactor<Name extends EventName>(
  names: Name[],
  react: (event: CatalogueEvent<Name>, now: number) => Promise<void>,
) {
  return batchReactor(names, async (batch) => {
    const failed: string[] = [];
    for (const { messageId, event } of batch) {
      try {
        await react(event, Date.now());
      } catch (error) {
        log('warn', 'event failed and will be tried again', { event: event.detail.id, error });
        failed.push(messageId);
      }
    }
    return { failed };
  });
}

/** A reactor that EventBridge has called; when it throws, Lambda's asynchronous queue retries and then dead-letters. */
export function directReactor<Name extends EventName>(
  names: Name[],
  react: (event: CatalogueEvent<Name>, now: number) => Promise<void>,
) {
  return async (raw: EventBridgeEvent<string, unknown>): Promise<void> => {
    const now = Date.now();
    await react(read(raw, names, now), now);
  };
}

function read<Name extends EventName>(
  raw: { 'detail-type': string; detail: unknown },
  names: Name[],
  now: number,
): CatalogueEvent<Name> {
  const event = fromBus(raw);
  if (!names.includes(event.name as Name)) throw new Error(`${event.name} is not for this reactor`);
  if (Date.parse(event.detail.at) < now - oldestEvent)
    throw new Error(`${event.detail.id} is older than 60 days`);
  return event as CatalogueEvent<Name>;
}
