import { log } from '../../shared/aws/log.ts';
import { batchReactor, type Received } from '../../shared/events/reactor.ts';
import { readCampaign } from '../campaigns/read.ts';
import { type Batch, batchChanges } from './batch-changes.ts';
import { count } from './count-batch.ts';
import { type CountedEvent, toChanges } from './tally.ts';

const names: CountedEvent['name'][] = [
  'ActionConfirmed',
  'ActionChanged',
  'ActionWithdrawn',
  'ActionErased',
  'ActionInvalidated',
  'LetterRequested',
  'LetterDelivered',
];

export const handler = batchReactor(names, async (received, now) => {
  const batches = batchChanges(received.flatMap(({ event }) => toChanges(event)));
  const campaigns = Map.groupBy(batches, ({ campaign }) => campaign);
  const failed = await Promise.all([...campaigns].map(([slug, its]) => countCampaign(slug, its, now)));
  return { failed: messagesOf(received, new Set(failed.flat())) };
});

/** Ids of the events that have to be delivered again. Campaigns do not wait for each other; a campaign's batches do. */
async function countCampaign(slug: string, batches: Batch[], now: number): Promise<string[]> {
  const failed: string[] = [];
  for (const batch of batches) {
    try {
      const campaign = await readCampaign(slug, now);
      await count(batch, campaign?.milestones ?? { world: [], country: [] }, now);
    } catch (error) {
      log('warn', 'a batch could not be counted and will be tried again', { campaign: slug, error });
      failed.push(...batch.changes.map(({ id }) => id));
    }
  }
  return failed;
}

function messagesOf(received: Received[], ids: Set<string>): string[] {
  return received.filter(({ event }) => ids.has(event.detail.id)).map(({ messageId }) => messageId);
}
