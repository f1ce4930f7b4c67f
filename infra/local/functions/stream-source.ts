import { setTimeout } from 'node:timers/promises';
import type { Invoke, Resource } from '../contract.ts';
import { backoff, type Queues, queueOf } from '../engines/queues.ts';
import type { StreamReader, StreamRecord } from '../engines/stream-reader.ts';
import { compileFilters } from '../events/pattern.ts';
import { REGION } from '../template/resource-types.ts';
import type { Source } from './queue-source.ts';
import { toFailure } from './stream-failure.ts';

type Properties = Resource['properties'];
export interface StreamSource extends Source {
  /** Looks for records at once. */
  wake(): void;
  /** True if everything in the stream has been handled. */
  isIdle(): Promise<boolean>;
}
interface StreamSourceOptions {
  reader: StreamReader;
  queues: Queues;
  invoke: Invoke;
  onError(error: unknown): void;
}

/** How often an idle stream is looked at, in ms: changes made through the gateway wake the source at once. */
const IDLE = 500;

/**
 * Runs an event source mapping of a table's stream, in order: a batch that fails is retried, halved if the mapping says
 * so, and at last described (without its data) to the failure destination. Nothing is skipped before that.
 */
export function startStreamSource(mapping: Properties, options: StreamSourceOptions): StreamSource {
  const { reader, onError } = options;
  const bell = createBell();
  const stopping = new AbortController();
  let busy = false;
  const deliver = createDelivery(mapping, options, stopping.signal);
  const round = async () => {
    busy = true;
    try {
      const records = await collect(reader, mapping, stopping.signal);
      if (records.length > 0) await deliver(records);
      return records.length;
    } finally {
      busy = false;
    }
  };
  const loop = async () => {
    while (!stopping.signal.aborted) {
      const handled = await round().catch((error) => {
        if (!stopping.signal.aborted) onError(error);
        return 0;
      });
      if (handled === 0) await bell.wait(IDLE);
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

function createDelivery(mapping: Properties, options: StreamSourceOptions, signal: AbortSignal) {
  const { reader, queues, invoke } = options;
  const { MaximumRetryAttempts = -1, MaximumRecordAgeInSeconds = -1 } = mapping;
  const destination = mapping['DestinationConfig']?.OnFailure?.Destination;
  const partial = mapping['FunctionResponseTypes']?.includes('ReportBatchItemFailures');
  const wanted = compileFilters(mapping['FilterCriteria']);

  /** Index of the first record that failed; the length if none did. */
  const attempt = async (records: StreamRecord[]): Promise<number> => {
    const chosen = records.filter(wanted);
    if (chosen.length === 0) return records.length;
    try {
      const Records = chosen.map((record) => ({
        ...record,
        eventSourceARN: mapping['EventSourceArn'],
        awsRegion: REGION,
      }));
      const answer = await invoke(mapping['FunctionName'], { Records });
      return partial ? firstFailure(records, answer) : records.length;
    } catch {
      return 0;
    }
  };
  const giveUp = async (records: StreamRecord[], condition: string, attempts: number) => {
    const body = JSON.stringify(toFailure(mapping, records, condition, attempts));
    if (destination) await queues.send(queueOf(destination), body);
    reader.checkpoint(records.at(-1));
  };
  const deliver = async (records: StreamRecord[]): Promise<void> => {
    let rest = records;
    for (let attempts = 1; rest.length > 0 && !signal.aborted; attempts++) {
      const handled = await attempt(rest);
      reader.checkpoint(rest[handled - 1]);
      if (handled > 0) attempts = 0;
      rest = rest.slice(handled);
      if (rest.length === 0) return;
      if (MaximumRecordAgeInSeconds >= 0 && ageOf(rest[0]) > MaximumRecordAgeInSeconds) {
        return giveUp(rest, 'RecordAgeExceeded', attempts);
      }
      if (handled === 0 && mapping['BisectBatchOnFunctionError'] && rest.length > 1) {
        const middle = Math.ceil(rest.length / 2);
        await deliver(rest.slice(0, middle));
        return deliver(rest.slice(middle));
      }
      if (MaximumRetryAttempts >= 0 && attempts > MaximumRetryAttempts) {
        return giveUp(rest, 'RetryAttemptsExhausted', attempts);
      }
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

function ageOf(record: StreamRecord | undefined): number {
  return Date.now() / 1000 - (record?.dynamodb.ApproximateCreationDateTime ?? 0);
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
