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
  'LetterRequested',
  'LetterDelivered',
];

export const handler = batchReactor(names, async (received, now) => {
  const batches = batchChanges(received.flatMap(({ event }) => toChanges(event)));
  const failed = await Promise.all(batches.map((batch) => countOrFail(batch, now)));
  return { failed: messagesOf(received, new Set(failed.flat())) };
});

/** Ids of the events that have to be delivered again. Campaigns do not wait for each other. */
async function countOrFail(batch: Batch, now: number): Promise<string[]> {
  try {
    const campaign = await readCampaign(batch.campaign, now);
    await count(batch, campaign?.milestones ?? { world: [], country: [] }, now);
    return [];
  } catch (error) {
    log('warn', 'a batch could not be counted and will be tried again', { campaign: batch.campaign, error });
    return batch.changes.map(({ id }) => id);
  }
}

function messagesOf(received: Received[], ids: Set<string>): string[] {
  return received.filter(({ event }) => ids.has(event.detail.id)).map(({ messageId }) => messageId);
}
