import type { Host } from '../infra/local/host.ts';
import type { CatalogueEvent } from '../shared/events/catalogue.ts';
import { invocationsOf, meter, readUnits, startsWith, type Used, writeUnits } from './meter.ts';
import { functionOf, type Heard } from './stack.ts';

/** Events of one transaction at most: see functions/tallies/batch-changes.ts. */
export const fullBatch = 97;
export const counter = startsWith('TalliesCount');

/** What counting takes for one event. */
export interface Counting {
  writes: number;
  reads: number;
  invocations: number;
}

/** Hands events to the counting function that deploys, in batches of a size. */
export async function measureCounting(
  host: Host,
  events: CatalogueEvent[],
  batchSize: number,
): Promise<Counting> {
  const used = await meter(host, async () => {
    for (let at = 0; at < events.length; at += batchSize) {
      const Records = events.slice(at, at + batchSize).map(toRecord);
      const answer = await host.invoke(functionOf(host, 'TalliesCount'), { Records });
      if (JSON.stringify(answer) !== '{"batchItemFailures":[]}') throw new Error(JSON.stringify(answer));
    }
  });
  return countingOf(used, events.length);
}

export function countingOf(used: Used, events: number): Counting {
  return {
    writes: writeUnits(used, counter) / events,
    reads: readUnits(used, counter) / events,
    invocations: invocationsOf(used, counter) / events,
  };
}

/** Events that were told of one campaign, as those of another, which counts them anew. */
export function ofCampaign(campaign: string, heard: Heard[]): CatalogueEvent[] {
  return heard.map(({ event }) => {
    const detail: Record<string, object | string | number> = { ...event.detail };
    for (const side of ['before', 'after']) {
      if (detail[side]) detail[side] = { ...(detail[side] as object), campaign, root: campaign };
    }
    return { name: event.name, detail } as unknown as CatalogueEvent;
  });
}

function toRecord({ name, detail }: CatalogueEvent) {
  return { messageId: detail.id, body: JSON.stringify({ 'detail-type': name, detail }) };
}
