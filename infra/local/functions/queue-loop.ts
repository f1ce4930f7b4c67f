import { setTimeout } from 'node:timers/promises';
import type { QueueMessage, Queues } from '../engines/queues.ts';

export interface QueueLoopOptions {
  queues: Queues;
  queue: string;
  batchSize: number;
  /** Seconds to wait for a batch to fill after its first message. */
  window: number;
  /** Batches handled at the same time. */
  concurrency: number;
  /** Must not reject for what one message did: it removes or retries each message itself. */
  handle(batch: QueueMessage[]): Promise<void>;
  onError(error: unknown): void;
}

/** Collects batches of a queue and hands them on, until stopped; `stop` resolves when the last batch is done. */
export function startQueueLoop(options: QueueLoopOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const loop = async () => {
    while (!stopping.signal.aborted) {
      while (running.size >= options.concurrency) await Promise.race(running);
      const batch = await collect(options, stopping.signal);
      if (batch.length === 0) continue;
      const work: Promise<void> = options.handle(batch).catch(options.onError);
      running.add(work);
      void work.finally(() => running.delete(work));
    }
  };
  const done = loop();
  return {
    stop: async () => {
      stopping.abort();
      await done;
      await Promise.all(running);
    },
  };
}

async function collect(options: QueueLoopOptions, signal: AbortSignal): Promise<QueueMessage[]> {
  const { queues, queue, batchSize, window } = options;
  const batch: QueueMessage[] = [];
  try {
    batch.push(...(await queues.receive(queue, batchSize, 20, signal)));
    const closes = Date.now() + window * 1000;
    while (batch.length > 0 && batch.length < batchSize && Date.now() < closes) {
      const wait = Math.max(0, (closes - Date.now()) / 1000);
      batch.push(...(await queues.receive(queue, batchSize - batch.length, wait, signal)));
    }
  } catch (error) {
    if (signal.aborted) return batch;
    options.onError(error);
    await setTimeout(500);
  }
  return batch;
}
