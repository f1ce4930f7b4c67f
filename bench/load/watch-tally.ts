import { setTimeout } from 'node:timers/promises';
import { totalOf } from './counts.ts';
import type { Sighting } from './freshness.ts';
import { readNewCounts } from './target.ts';

export interface TallyWatch {
  sightings: Sighting[];
  /** Signatures and pledges last seen, beyond those of the start. */
  counted(): number;
  stop(): Promise<void>;
}

/** Milliseconds from one look to the next. */
const interval = 100;

/** Looks at a tally steadily, as an impatient reader without a CDN would. */
export function watchTally(url: string, slug: string, before: number): TallyWatch {
  const sightings: Sighting[] = [];
  let watching = true;
  let etag: string | undefined;
  const look = async () => {
    const seen = await readNewCounts(url, slug, etag);
    if (!seen) return;
    etag = seen.etag;
    sightings.push({ at: performance.now(), total: totalOf(seen.counts) });
  };
  const watch = async () => {
    while (watching) {
      const next = performance.now() + interval;
      // A look that fails is one that saw nothing.
      await look().catch(() => {});
      await setTimeout(Math.max(0, next - performance.now()));
    }
  };
  const done = watch();
  return {
    sightings,
    counted: () => (sightings.at(-1)?.total ?? before) - before,
    stop: () => {
      watching = false;
      return done;
    },
  };
}
