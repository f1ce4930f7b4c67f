import type { Invoke, Resource } from '../contract.ts';
import { backoff, type QueueMessage, type Queues, queueOf } from '../engines/queues.ts';
import { compileFilters } from '../events/pattern.ts';
import { REGION } from '../template/resource-types.ts';
import { type QueueLoopOptions, startQueueLoop } from './queue-loop.ts';

type Properties = Resource['properties'];
export interface Source {
  stop(): Promise<void>;
}
interface QueueSourceOptions {
  queues: Queues;
  invoke: Invoke;
  onError: QueueLoopOptions['onError'];
}

/** Functions an SQS queue feeds at the same time, where the mapping sets no maximum. */
const CONCURRENCY = 4;

/**
 * Runs an event source mapping of an SQS queue. Failed messages come back after a short back-off instead of the queue's
 * visibility timeout; the engine moves them to the dead-letter queue after the declared count.
 */
export function startQueueSource(mapping: Properties, options: QueueSourceOptions): Source {
  const { queues, invoke } = options;
  const queue = queueOf(mapping['EventSourceArn']);
  const wanted = compileFilters(mapping['FilterCriteria']);
  const partial = mapping['FunctionResponseTypes']?.includes('ReportBatchItemFailures');
  const handle = async (batch: QueueMessage[]) => {
    const records = batch.filter((message) => wanted({ body: parsed(message.Body) }));
    await Promise.all(batch.filter((m) => !records.includes(m)).map((m) => queues.remove(queue, m)));
    if (records.length === 0) return;
    const failed = await invokeBatch(records);
    await Promise.all(
      records.map((message) =>
        failed(message.MessageId)
          ? queues.retryIn(queue, message, backoff(Number(message.Attributes['ApproximateReceiveCount'])))
          : queues.remove(queue, message),
      ),
    );
  };
  const invokeBatch = async (batch: QueueMessage[]): Promise<(id: string) => boolean> => {
    try {
      const records = batch.map((message) => toRecord(message, mapping['EventSourceArn']));
      const answer = await invoke(mapping['FunctionName'], { Records: records });
      return partial ? failuresIn(answer) : () => false;
    } catch {
      return () => true;
    }
  };
  return startQueueLoop({
    ...options,
    queue,
    handle,
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
    return [name, { stringValue, binaryValue, stringListValues: [], binaryListValues: [], dataType }];
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
