import { setTimeout } from 'node:timers/promises';
import type { Chart } from './chart.ts';
import { type Figure, progress } from './figure.ts';
import type { Lab } from './lab.ts';

/** A part of the bench that can be run alone. */
export interface Section {
  /** For `--only`. */
  name: string;
  title: string;
  /** Whether it takes so long that it is measured only when `--only` names it. @default false */
  byName?: boolean;
  /** Seconds after which it counts as not measured. */
  limit: number;
  measure(lab: Lab): Promise<Measured>;
}

export interface Measured {
  figures: Figure[];
  /** For docs/performance.md. */
  charts?: Chart[];
}

/** Measures one section. One that fails, or takes too long, becomes a figure that is not ok: nothing is left out in silence. */
export async function measureSection({ name, limit, measure }: Section, lab: Lab): Promise<Measured> {
  // A section may have held this thread up; the stacks in it then close connections that were idle for too long.
  await setTimeout(500);
  try {
    return await within(limit, measure(lab));
  } catch (error) {
    console.error(error);
    const how = `It could not be measured: ${error instanceof Error ? error.message : error}`;
    return { figures: [{ name: `section ${name}`, measured: Number.NaN, how }] };
  }
}

/** Says how it goes while something takes long: at most every five seconds, `done` of `all`. */
export function teller(what: string, all: number): (done: number) => void {
  let told = performance.now();
  return (done) => {
    if (performance.now() - told < 5_000) return;
    told = performance.now();
    progress(`  ${what}: ${done} of ${all}`);
  };
}

/** Rejects when some work takes longer; the work itself goes on. */
export async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  const late = new AbortController();
  const limit = setTimeout(seconds * 1_000, undefined, { signal: late.signal }).then(() => {
    throw new Error(`not done after ${seconds} s`);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    late.abort();
    limit.catch(() => {});
  }
}
