import { hourOf } from './batch-changes.ts';
import type { Hour } from './hour-store.ts';
import { add, type Change, type Counters, differenceOf } from './tally.ts';

/** A campaign's item of a UTC hour: `2026-10-10T09`. */
export interface Place {
  campaign: string;
  hour: string;
}

/** Counters by campaign and by UTC hour. */
export type Sums = Map<string, Map<string, Counters>>;

/** Adds what an action changed to the sums, in place. */
export function addChange(sums: Sums, { campaign, at, counters }: Change): void {
  const hours = sums.get(campaign) ?? new Map<string, Counters>();
  const hour = hourOf(at);
  sums.set(campaign, hours.set(hour, add(hours.get(hour) ?? {}, counters)));
}

/** No counters where nothing was added. */
export function sumAt(sums: Sums, { campaign, hour }: Place): Counters {
  return sums.get(campaign)?.get(hour) ?? {};
}

/** Hours of a campaign whose stored counters are not the sums. A counter at zero is as good as none. */
export function differingHours(sums: Sums, campaign: string, stored: Hour[]): string[] {
  const kept = new Map(stored.map(({ hour, counters }) => [hour, counters]));
  const hours = new Set([...kept.keys(), ...(sums.get(campaign)?.keys() ?? [])]);
  return [...hours]
    .filter((hour) => !isNothing(differenceOf(kept.get(hour) ?? {}, sumAt(sums, { campaign, hour }))))
    .sort();
}

export function isNothing(counters: Counters): boolean {
  return Object.keys(counters).length === 0;
}

/** Counters in pieces that one expression holds, in the order of their names. */
export function inPieces(counters: Counters, size: number): Counters[] {
  const all = Object.entries(counters).sort(([one], [other]) => (one < other ? -1 : 1));
  const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, at) => at * size);
  return pieces.map((from) => Object.fromEntries(all.slice(from, from + size)));
}
