import type { Chance } from './chance.ts';
import type { Trouble } from './trouble.ts';
import type { Turns } from './turns.ts';

/** What a history's processes share: a database, whose turn it is, what fails, and the time. */
export interface Course {
  /** Address of the table engine, and the queue in which writes to it wait for each other. */
  engine: string;
  queued: Queue;
  chance: Chance;
  turns: Turns;
  trouble: Trouble;
  /** Milliseconds since the epoch. Only pauses let it pass. */
  now: number;
  /** What happened on the way, in its order. */
  diary: string[];
  /** Is told of each call that reached the engine, before there is another one. */
  onCall(operation: string, body: string): Promise<void>;
}

export type Queue = <T>(write: () => Promise<T>) => Promise<T>;

/** Lets writes of several histories go one after the other: those that come at once take the engine several times as long. */
export function aQueue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (write) => {
    const written = last.then(write, write);
    last = written;
    return written;
  };
}
