import { recordCounters } from './count-record.ts';
import { type Hour, listHours } from './hour-store.ts';
import type { Tally } from './tally.ts';

/** How many campaigns' hours are kept: a year of them is some megabytes. */
const most = 4;

const kept = new Map<string, { version: number; hours: Promise<Hour[]> }>();

/**
 * All hours of a tally, as they are at its version or later. They are read once for each version, however many ask and
 * whatever for: they are the one thing here that costs hundreds of read units, of the partition that is counted in.
 */
export function readHours({ campaign, version }: Pick<Tally, 'campaign' | 'version'>): Promise<Hour[]> {
  const last = kept.get(campaign);
  if (last?.version === version) return last.hours;
  const hours = listHours(campaign, { consistent: true, only: recordCounters });
  kept.delete(campaign);
  kept.set(campaign, { version, hours });
  hours.catch(() => kept.delete(campaign));
  if (kept.size > most) kept.delete(kept.keys().next().value ?? '');
  return hours;
}
