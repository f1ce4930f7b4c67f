import fc from 'fast-check';
import type { History } from './history.ts';
import kept from './kept-seeds.json' with { type: 'json' };
import { aHistory } from './some-history.ts';
import type { Stage } from './stage.ts';

/** Longest time that is spent on making a failing history smaller, in milliseconds. */
const patience = 60_000;

/**
 * Which histories are played: the kept ones first, then those of the seeds 1, 2, 3, … (`HISTORY_SEEDS`: how many, 1,000
 * unless told); or one alone (`HISTORY_SEED`).
 */
export function chosenSeeds({ HISTORY_SEED, HISTORY_SEEDS }: NodeJS.ProcessEnv): number[] {
  if (HISTORY_SEED !== undefined) return [toInteger('HISTORY_SEED', HISTORY_SEED)];
  const many = toInteger('HISTORY_SEEDS', HISTORY_SEEDS ?? '1000');
  return [...kept.seeds.map(({ seed }) => seed), ...Array.from({ length: many }, (_, at) => at + 1)];
}

/** The same history for the same seed. */
export function historyOf(seed: number): History {
  const [history] = fc.sample(aHistory, toParameters(seed)) as [History];
  return history;
}

/** What whoever has to mend it needs: the smallest history that is still counted wrong, and how to play it again. */
export async function toReport(seed: number, error: unknown, stage: Stage): Promise<string> {
  const property = fc.asyncProperty(aHistory, async (history) => {
    const [outcome] = await stage.play([history]);
    if (outcome?.error) throw outcome.error;
  });
  const details = await fc.check(property, { ...toParameters(seed), interruptAfterTimeLimit: patience });
  const [smallest] = details.counterexample ?? [historyOf(seed)];
  return [
    `The history of seed ${seed} is counted wrong. ${(details.errorInstance ?? error) as Error}`,
    `The smallest like it, after ${details.numShrinks} steps: ${fc.stringify(smallest)}`,
    `Play it again: HISTORY_SEED=${seed} npx vitest run --project unit test/tallies/histories.test.ts`,
    'Keep it, once it is mended: test/tallies/audit/kept-seeds.json.',
  ].join('\n');
}

function toParameters(seed: number) {
  return { seed, numRuns: 1, unbiased: true };
}

function toInteger(name: string, text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1)
    throw new Error(`${name} must be a whole number from 1, and is "${text}".`);
  return number;
}
