import type { Counters } from '../../functions/tallies/tally.ts';
import { type CatalogueEvent, type Counted, toEvent } from '../../shared/events/catalogue.ts';
import { noon } from './a-campaign.ts';

const campaign = 'mental-health-for-all';

/** What an action counts by: a signature from Kenya; any part can be replaced. */
export function aCounted(changes: Partial<Counted> = {}): Counted {
  return { campaign, root: changes.campaign ?? campaign, kind: 'signature', country: 'KE', ...changes };
}

/** The news of what an action counted by and counts by now: confirmed, changed or withdrawn. */
export function aChangeOf(
  action: string,
  version: number,
  { before, after, at = noon }: { before?: Counted | undefined; after?: Counted | undefined; at?: number },
) {
  const facts = { id: `actions:${action}:${version}`, at: new Date(at).toISOString(), action };
  if (before && after) return toEvent('ActionChanged', { ...facts, before, after });
  if (before) return toEvent('ActionWithdrawn', { ...facts, before });
  return toEvent('ActionConfirmed', { ...facts, after: after ?? aCounted() });
}

/** Counters of a tally, from plain numbers. */
export function someCounters(counts: Record<string, number>): Counters {
  return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, BigInt(count)]));
}

/** Events as SQS hands them to a reactor. */
export function aQueueBatch(events: CatalogueEvent[]) {
  const Records = events.map(({ name, detail }, at) => ({
    messageId: `m${at}`,
    body: JSON.stringify({ 'detail-type': name, detail }),
  }));
  return { Records } as never;
}
