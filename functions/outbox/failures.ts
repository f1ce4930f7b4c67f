import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBRecord } from 'aws-lambda';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';

const queueUrl = setting('RELAY_FAILURES_QUEUE_URL');
const client = new SQSClient({ maxAttempts: 3 });

/**
 * Puts down a change that cannot be told: where the item is, its version and why; never what it holds.
 * Throws when even that fails, so that the record is read again and not lost.
 */
export async function reportUnmapped(record: DynamoDBRecord, error: unknown): Promise<void> {
  const { Keys, NewImage, SequenceNumber } = record.dynamodb ?? {};
  const reason = error instanceof Error ? error.name : 'unknown';
  const report = {
    stream: record.eventSourceARN,
    sequenceNumber: SequenceNumber,
    key: Keys,
    version: NewImage?.['version']?.N,
    reason,
  };
  log('error', 'a change cannot be told as an event', { reason, error });
  await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(report) }));
}
