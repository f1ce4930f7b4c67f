import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Properties } from '../contract.ts';
import { backoff, queueOf } from '../engines/queues.ts';
import { openStream, type StreamReader, type StreamRecord } from '../engines/table-stream.ts';
import { compileFilters } from '../events/pattern.ts';
import { REGION } from '../template/resource-types.ts';
import { toInvocationRecord } from './invocation-record.ts';
import type { Source, SourceOptions } from './sources.ts';

export interface StreamSource extends Source {
  /** Looks for records at once. */
  wake(): void;
  /** True if everything in the stream has been handled. */
  isIdle(): Promise<boolean>;
}

/** How often an idle stream is looked at, in ms: changes made through the gateway wake the source at once. */
const IDLE = 500;
/** The least time from one batch to the next, in ms (on AWS up to 250): changes that come close together go together. */
const REST = 50;

/**
 * Runs an event source mapping of a table's stream, in order: a batch that fails is retried, halved if the mapping says
 * so, and at last described (without its data) to the failure destination. Nothing is skipped before that.
 */
export async function startStreamSource(
  id: string,
  mapping: Properties,
  options: SourceOptions,
): Promise<StreamSource> {
  const [, table = ''] = /table\/([^/]+)\/stream/.exec(mapping['EventSourceArn']) ?? [];
  const reader = await openStream(options.dynamodb, table, join(options.dataDir, 'checkpoints', id));
  const stopping = new AbortController();
  const { signal } = stopping;
  const deliver = createDelivery(mapping, reader, options, signal);
  const bell = createBell();
  let busy = false;
  const round = async () => {
    busy = true;
    try {
      const records = await collect(reader, mapping, signal);
      await deliver(records);
      return records.length;
    } catch (error) {
      if (!signal.aborted) options.onError(error);
      return 0;
    } finally {
      busy = false;
    }
  };
  const loop = async () => {
    while (!signal.aborted) {
      if ((await round()) === 0) await bell.wait(IDLE);
      await pause(REST, signal);
    }
  };
  const done = loop();
  return {
    wake: bell.ring,
    isIdle: async () => !busy && (await reader.read(1)).length === 0 && !busy,
    stop: async () => {
      stopping.abort();
      bell.ring();
      await done;
    },
  };
}

/** Reads until the batch is full or its window, begun by its first record, is over. */
async function collect(
  reader: StreamReader,
  mapping: Properties,
  signal: AbortSignal,
): Promise<StreamRecord[]> {
  const { BatchSize = 100, MaximumBatchingWindowInSeconds = 0 } = mapping;
  let records = await reader.read(BatchSize);
  const closes = Date.now() + MaximumBatchingWindowInSeconds * 1000;
  while (records.length > 0 && records.length < BatchSize && Date.now() < closes && !signal.aborted) {
    await pause(Math.min(100, closes - Date.now()), signal);
    records = await reader.read(BatchSize);
  }
  return records;
}

function createDelivery(
  mapping: Properties,
  reader: StreamReader,
  { queues, invoke }: SourceOptions,
  signal: AbortSignal,
) {
  const { MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = -1 } = mapping;
  const destination = mapping['DestinationConfig']?.OnFailure?.Destination;
  const partial = mapping['FunctionResponseTypes']?.includes('ReportBatchItemFailures');
  const wanted = compileFilters(mapping['FilterCriteria']);
  const origin = { eventSourceARN: mapping['EventSourceArn'], awsRegion: REGION };

  /** Index of the first record that failed; the length if none did. */
  const attempt = async (records: StreamRecord[]): Promise<number> => {
    const Records = records.filter(wanted).map((record) => ({ ...record, ...origin }));
    if (Records.length === 0) return records.length;
    try {
      const answer = await invoke(mapping['FunctionName'], { Records });
      return partial ? firstFailure(records, answer) : records.length;
    } catch {
      return 0;
    }
  };
  const giveUp = async (records: StreamRecord[], condition: string, attempts: number) => {
    const failure = toInvocationRecord(mapping['FunctionName'], condition, attempts);
    const body = { ...failure, DDBStreamBatchInfo: toBatchInfo(records, mapping['EventSourceArn']) };
    if (destination) await queues.send(queueOf(destination), JSON.stringify(body));
    reader.checkpoint(records.at(-1));
  };
  const deliver = async (records: StreamRecord[]): Promise<void> => {
    let rest = records;
    for (let attempts = 1; rest.length > 0 && !signal.aborted; attempts++) {
      const handled = await attempt(rest);
      reader.checkpoint(rest[handled - 1]);
      if (handled > 0) attempts = 0;
      rest = rest.slice(handled);
      const [first] = rest;
      if (!first) return;
      const age = Date.now() / 1000 - first.dynamodb.ApproximateCreationDateTime;
      if (MaximumRecordAgeInSeconds >= 0 && age > MaximumRecordAgeInSeconds)
        return giveUp(rest, 'RecordAgeExceeded', attempts);
      if (handled === 0 && mapping['BisectBatchOnFunctionError'] && rest.length > 1) {
        const middle = Math.ceil(rest.length / 2);
        await deliver(rest.slice(0, middle));
        return deliver(rest.slice(middle));
      }
      if (MaximumRetryAttempts >= 0 && attempts > MaximumRetryAttempts)
        return giveUp(rest, 'RetryAttemptsExhausted', attempts);
      if (handled === 0) await pause(backoff(attempts) * 1000, signal);
    }
  };
  return deliver;
}

/** Lambda goes on from the lowest sequence number reported; an answer it cannot read fails the whole batch. */
function firstFailure(records: StreamRecord[], answer: unknown): number {
  const failures: unknown = Object(answer).batchItemFailures ?? [];
  if (!Array.isArray(failures)) return 0;
  const numbers = records.map((record) => record.dynamodb.SequenceNumber);
  const failed = failures.map((failure) => numbers.indexOf(failure?.itemIdentifier));
  return failed.length === 0 ? records.length : Math.max(0, Math.min(...failed));
}

/** Where the records are, not what is in them. */
function toBatchInfo(records: StreamRecord[], streamArn: string): object {
  const [first, last] = [records[0]?.dynamodb, records.at(-1)?.dynamodb];
  const arrival = (at = 0) => new Date(at * 1000).toISOString();
  return {
    shardId: 'shardId-00000001',
    startSequenceNumber: first?.SequenceNumber,
    endSequenceNumber: last?.SequenceNumber,
    approximateArrivalOfFirstRecord: arrival(first?.ApproximateCreationDateTime),
    approximateArrivalOfLastRecord: arrival(last?.ApproximateCreationDateTime),
    batchSize: records.length,
    streamArn,
  };
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await setTimeout(ms, undefined, { signal }).catch(() => {});
}

/** A wait that can be cut short; a ring while nobody waits cuts the next wait short. */
function createBell() {
  let rung = false;
  let wake = () => {};
  return {
    ring: () => {
      rung = true;
      wake();
    },
    wait: async (ms: number) => {
      const cut = new AbortController();
      wake = () => cut.abort();
      if (!rung) await pause(ms, cut.signal);
      rung = false;
    },
  };
}
