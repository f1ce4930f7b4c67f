import type { Child } from './child.ts';
import type { Measures } from './measured.ts';

/** The campaign that is signed: the seeded one. */
export const campaign = 'mental-health-for-all';

/** A way to take signatures: a web process of its own before a database that is new at each start. */
export interface Contender {
  name: string;
  start(): Promise<Running>;
}
export interface Running {
  /** Where signatures are posted. */
  url: string;
  measures(): Promise<Measures>;
  /** Ends the web process; resolves with what is stored then. Undefined of a contender that stores nothing. */
  end(): Promise<Stored | undefined>;
  /** Ends the rest. */
  stop(): Promise<void>;
}
export interface Stored {
  signatures: number;
  /** What a row of the database counts of them, and how often it was written. */
  counter?: { count: number; writes: number };
}

/** What all web processes have in common: see measured.ts. */
export function toRunning(
  web: Child,
  stored: () => Promise<Stored | undefined>,
  stop = async () => {},
): Running {
  return {
    url: `${web.hello}/v1/campaigns/${campaign}/signatures`,
    measures: async () => (await web.ask({})) as Measures,
    end: async () => {
      await web.stop();
      return stored();
    },
    stop: async () => {
      await web.stop();
      await stop();
    },
  };
}
