import type { Chance } from './chance.ts';

/**
 * Lets several things happen at once so that it can be done again: every step waits for its turn, one is taken at a time,
 * and chance chooses which. All that steps do to a database is then one of the orders that it could have been done in.
 */
export interface Turns {
  /** A step of a task: done when its turn comes. */
  take<T>(step: () => Promise<T>): Promise<T>;
  /** Runs tasks together, to the end of all of them. Between its steps a task may wait for nothing outside of it. */
  together(tasks: Array<() => Promise<void>>): Promise<void>;
}

export function turnsBy(chance: Chance): Turns {
  const waiting: Array<() => Promise<void>> = [];
  return {
    take: (step) =>
      new Promise((resolve, reject) => {
        waiting.push(() => step().then(resolve, reject));
      }),
    together: async (tasks) => {
      let left = tasks.length;
      const all = Promise.all(tasks.map((task) => task().finally(() => left--)));
      // Looked at below, when the others are done.
      all.catch(() => undefined);
      while (left > 0) {
        await allAreWaiting();
        const [step] = waiting.splice(chance.below(waiting.length), 1);
        await step?.();
      }
      await all;
    },
  };
}

/** What follows a step without waiting for anything is done before this. */
function allAreWaiting(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
