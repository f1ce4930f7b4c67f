import { add, type Change, type Counters } from './tally.ts';

/** What one transaction counts for one campaign. */
export interface Batch {
  campaign: string;
  changes: Change[];
  counters: Counters;
  byHour: Map<string, Counters>;
}

/** DynamoDB takes 100 items a transaction: markers, the tally and its hours; and 4 kB of expression. */
const limits = { events: 97, items: 100, expression: 3_500 };
/** Length in an expression of one counter: ` #c123 :c123,`. */
const counterLength = 14;

/** Changes by campaign, each event once, cut to what a transaction takes. */
export function batchChanges(changes: Change[]): Batch[] {
  const open = new Map<string, Batch>();
  const full: Batch[] = [];
  const once = new Map(changes.map((change) => [`${change.campaign}|${change.id}`, change]));
  for (const change of once.values()) {
    let batch = open.get(change.campaign) ?? emptyBatch(change.campaign);
    if (!fits(batch, change)) {
      full.push(batch);
      batch = emptyBatch(change.campaign);
    }
    open.set(change.campaign, put(batch, change));
  }
  return [...full, ...open.values()];
}

/** The batch without the events that turned out to be counted already. */
export function withoutEvents(batch: Batch, ids: Set<string>): Batch {
  const left = batch.changes.filter(({ id }) => !ids.has(id));
  return left.reduce(put, emptyBatch(batch.campaign));
}

/** UTC hour in which a change was made: `2026-10-10T09`. */
export function hourOf(at: number): string {
  return new Date(at).toISOString().slice(0, 13);
}

function emptyBatch(campaign: string): Batch {
  return { campaign, changes: [], counters: {}, byHour: new Map() };
}

function put(batch: Batch, change: Change): Batch {
  const hour = hourOf(change.at);
  batch.changes.push(change);
  add(batch.counters, change.counters);
  batch.byHour.set(hour, add(batch.byHour.get(hour) ?? {}, change.counters));
  return batch;
}

function fits(batch: Batch, change: Change): boolean {
  const hours = new Set([...batch.byHour.keys(), hourOf(change.at)]).size;
  const names = new Set([...Object.keys(batch.counters), ...Object.keys(change.counters)]).size;
  const events = batch.changes.length + 1;
  return (
    events <= limits.events &&
    events + hours + 1 <= limits.items &&
    names * counterLength <= limits.expression
  );
}
