import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import type { CatalogueEvent } from '../../shared/events/catalogue.ts';

const busName = setting('BUS_NAME');
const client = new EventBridgeClient({ maxAttempts: 2 });
/** PutEvents takes ten at a time. */
const page = 10;
const attempts = 4;

/** Puts events on the bus; answers those that it refused in the end. Only failed entries are sent again. */
export async function putEvents(events: CatalogueEvent[]): Promise<Set<CatalogueEvent>> {
  const refused = new Set<CatalogueEvent>();
  for (let at = 0; at < events.length; at += page) {
    for (const event of await putPage(events.slice(at, at + page))) refused.add(event);
  }
  return refused;
}

async function putPage(events: CatalogueEvent[]): Promise<CatalogueEvent[]> {
  let left = events;
  for (let attempt = 0; attempt < attempts && left.length > 0; attempt++) {
    if (attempt > 0) await pause(attempt);
    left = await putOnce(left);
  }
  return left;
}

/** The events of the page that the bus did not take. */
async function putOnce(events: CatalogueEvent[]): Promise<CatalogueEvent[]> {
  try {
    const { Entries = [] } = await client.send(new PutEventsCommand({ Entries: events.map(toEntry) }));
    return events.filter((_, at) => Entries[at]?.ErrorCode !== undefined);
  } catch (error) {
    log('warn', 'the bus did not answer', { reason: (error as Error).name });
    return events;
  }
}

function toEntry({ name, detail }: CatalogueEvent): PutEventsRequestEntry {
  return { EventBusName: busName, Source: 'groundswell', DetailType: name, Detail: JSON.stringify(detail) };
}

function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 100 * 2 ** attempt));
}
