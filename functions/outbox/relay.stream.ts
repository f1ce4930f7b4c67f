import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { log } from '../../shared/aws/log.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';
import { putEvents } from './bus.ts';
import { reportUnmapped } from './failures.ts';
import { newsOf } from './news.ts';

/** News of one record of the stream. */
export interface Item {
  record: DynamoDBRecord;
  events: CatalogueEvent[];
}

/**
 * Tells the bus what changed. A change that cannot be told goes to its own queue and holds up nobody; only when the
 * bus refuses is the stream asked to come again, from the first record that did not get through.
 */
export const handler = async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
  const items = await Promise.all(Records.map(toItem));
  const refused = await putEvents(items.flatMap(({ events }) => events));
  const first = items.find(({ events }) => events.some((event) => refused.has(event)));
  if (!first) return { batchItemFailures: [] };
  log('warn', 'the bus refused events; the stream will be read again', { count: refused.size });
  return { batchItemFailures: [{ itemIdentifier: first.record.dynamodb?.SequenceNumber ?? '' }] };
};

async function toItem(record: DynamoDBRecord): Promise<Item> {
  const { OldImage, NewImage } = record.dynamodb ?? {};
  try {
    const [before, after] = [OldImage, NewImage].map((image) => image && unmarshall(image as Image));
    return { record, events: after ? newsOf(tableOf(record), before, after) : [] };
  } catch (error) {
    await reportUnmapped(record, error);
    return { record, events: [] };
  }
}

type Image = Parameters<typeof unmarshall>[0];

/** `arn:aws:dynamodb:REGION:ACCOUNT:table/NAME/stream/TIME` */
function tableOf({ eventSourceARN = '' }: DynamoDBRecord): string {
  return eventSourceARN.split('/')[1] ?? '';
}
