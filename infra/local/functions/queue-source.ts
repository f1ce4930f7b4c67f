import type { Properties } from '../contract.ts';
import { backoff, type QueueMessage, queueOf } from '../engines/queues.ts';
import { compileFilters } from '../events/pattern.ts';
import { REGION } from '../template/resource-types.ts';
import { startQueueLoop } from './queue-loop.ts';
import type { Source, SourceOptions } from './sources.ts';

/** Batches of a queue that a function works on at the same time, where the mapping sets no smaller maximum. */
const CONCURRENCY = 4;

/**
 * Runs an event source mapping of an SQS queue. Failed messages come back after a short back-off instead of the queue's
 * visibility timeout; the engine moves them to the dead-letter queue after the declared count.
 */
export function startQueueSource(mapping: Properties, { queues, invoke, onError }: SourceOptions): Source {
  const queue = queueOf(mapping['EventSourceArn']);
  const wanted = compileFilters(mapping['FilterCriteria']);
  const partial = mapping['FunctionResponseTypes']?.includes('ReportBatchItemFailures');
  const invokeBatch = async (batch: QueueMessage[]): Promise<(id: string) => boolean> => {
    try {
      const Records = batch.map((message) => toRecord(message, mapping['EventSourceArn']));
      const answer = await invoke(mapping['FunctionName'], { Records });
      return partial ? failuresIn(answer) : () => false;
    } catch {
      return () => true;
    }
  };
  const handle = async (batch: QueueMessage[]) => {
    const chosen = batch.filter(({ Body }) => wanted({ body: parsed(Body) }));
    const failed = chosen.length > 0 ? await invokeBatch(chosen) : () => false;
    await Promise.all(
      batch.map((message) =>
        failed(message.MessageId) && chosen.includes(message)
          ? queues.retryIn(queue, message, backoff(Number(message.Attributes['ApproximateReceiveCount'])))
          : queues.remove(queue, message),
      ),
    );
  };
  return startQueueLoop({
    ...{ queues, queue, handle, onError },
    batchSize: mapping['BatchSize'] ?? 10,
    window: mapping['MaximumBatchingWindowInSeconds'] ?? 0,
    concurrency: Math.min(mapping['ScalingConfig']?.MaximumConcurrency ?? CONCURRENCY, CONCURRENCY),
  });
}

/** An answer that Lambda cannot read, or with an empty identifier, fails the whole batch. */
function failuresIn(answer: unknown): (id: string) => boolean {
  const failures: unknown = Object(answer).batchItemFailures ?? [];
  if (!Array.isArray(failures)) return () => true;
  const ids = failures.map((failure) => failure?.itemIdentifier);
  return ids.some((id) => typeof id !== 'string' || id === '') ? () => true : (id) => ids.includes(id);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function toRecord(message: QueueMessage, eventSourceARN: string): object {
  const attributes = Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => {
    const { StringValue: stringValue, BinaryValue: binaryValue, DataType: dataType } = value;
    return [name, { stringValue, binaryValue, dataType }];
  });
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes,
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN,
    awsRegion: REGION,
  };
}
