import { setTimeout } from 'node:timers/promises';
import type { Queues } from './engines/queues.ts';
import type { Bus } from './events/bus.ts';
import type { Functions } from './functions/functions.ts';
import type { StreamSource } from './functions/stream-source.ts';

export interface Work {
  streams: StreamSource[];
  queues: Queues;
  /** Names of the queues that a function drains. What lies in others (dead letters) stays there. */
  drained: Set<string>;
  functions: Functions;
  bus: Bus;
}

/**
 * Resolves when no stream record, queued message, delivery or running function is left, twice in a row with no function
 * begun in between. Rejects after `timeoutMs`, saying what is left.
 */
export async function untilQuiet(work: Work, timeoutMs: number): Promise<void> {
  const limit = Date.now() + timeoutMs;
  let begun = -1;
  for (;;) {
    const left = await whatIsLeft(work);
    const activity = Object.values(work.functions.invocations()).reduce((sum, count) => sum + count, 0);
    if (left.length === 0 && activity === begun) return;
    begun = left.length === 0 ? activity : -1;
    if (Date.now() > limit) throw new Error(`Not quiet after ${timeoutMs} ms: ${left.join(', ')}`);
    await setTimeout(20);
  }
}

async function whatIsLeft({ streams, queues, drained, functions, bus }: Work): Promise<string[]> {
  const idle = await Promise.all(streams.map((stream) => stream.isIdle()));
  const depths = [...(await queues.depths())].filter(([name, depth]) => drained.has(name) && depth > 0);
  const running = functions.running();
  const events = bus.pending();
  const busyStreams = idle.filter((isIdle) => !isIdle).length;
  return [
    ...(busyStreams > 0 ? [`${busyStreams} streams`] : []),
    ...depths.map(([name, depth]) => `${depth} in ${name}`),
    ...(events > 0 ? [`${events} events`] : []),
    ...(running > 0 ? [`${running} functions running`] : []),
  ];
}
