import type { Campaign } from '../campaigns/read.ts';
import { addsUp, type CountRecord, type CountSources } from './count-record.ts';
import { readTally } from './read.ts';
import { readHours } from './read-hours.ts';
import { getRecount } from './recount-store.ts';

/** How often a tally that moves while its hours are read is read again. */
const attempts = 4;

/** A campaign's tally, and its last recount: a chapter is recounted with its root campaign. */
export async function readSources({ slug, partOf }: Campaign, now: number): Promise<CountSources> {
  const [tally, recount] = await Promise.all([readTally(slug, now), getRecount(partOf ?? slug)]);
  return { tally, recount };
}

/** Changes whenever what is said of a campaign's count does. */
export function versionOf({ tally, recount }: CountSources): string {
  return `${tally.version}.${recount?.version ?? 0}`;
}

/**
 * A campaign's hours beside its tally, `equal` at one moment. Each count changes the tally's version: when the hours,
 * read between two readings of one version, do not add up to it, something is wrong; when it moved, it is counting.
 */
export async function readRecord({ tally: first, recount }: CountSources, now: number): Promise<CountRecord> {
  let tally = first;
  for (let attempt = 1; ; attempt++) {
    const hours = await readHours(tally);
    if (addsUp(hours, tally)) return { tally, recount, hours, check: 'equal' };
    const later = await readTally(tally.campaign, now, { consistent: true });
    if (later.version === tally.version) return { tally, recount, hours, check: 'different' };
    if (attempt === attempts) return { tally, recount, hours, check: 'counting' };
    tally = later;
  }
}
