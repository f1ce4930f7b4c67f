import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { StreamRecord } from '../../../infra/local/engines/table-stream.ts';
import type { CatalogueEvent } from '../../../shared/events/catalogue.ts';
import { aQueueBatch } from '../../support/an-event.ts';
import type { Course } from './course.ts';
import { inProcess } from './process.ts';

/** An item before and after a change, as streams have it. */
export type Images = Pick<StreamRecord['dynamodb'], 'OldImage' | 'NewImage'>;
export type News = (before: unknown, after: unknown) => CatalogueEvent[];
type Handler = typeof import('../../../functions/tallies/count-changes.event.ts').handler;

/** Deliveries of which a queue may lose that they are done, and bring the message again. */
const mostLost = 100;
/** Batches of one history: far more than it takes to count all of it. */
const mostBatches = 250;
/** How many events a counter takes at a time: anything, few or as many as AWS hands it. */
const batchSizes = [[1, 3, 10, 97], [1, 2, 3], [20, 97], [97]];
/** How often one event comes at most: where all come once, none makes up for another that was lost. */
const mostCopies = [1, 2, 5];

/**
 * Events that count, told by a relay that stops in the middle of a batch now and then, and is handed it again.
 * @throws Error when two changes are told as one event.
 */
export function relay(records: StreamRecord[], news: News, { chance, diary }: Course): CatalogueEvent[] {
  const changes = records.map(({ dynamodb }) => newsOf(dynamodb, news));
  const ids = changes.flat().map(({ detail }) => detail.id);
  if (new Set(ids).size < ids.length) throw new Error(`Two changes are one event: ${ids.join(', ')}`);
  const told: CatalogueEvent[] = [];
  for (let at = 0; at < changes.length; ) {
    const batch = changes.slice(at, at + 1 + chance.below(10));
    const isWhole = !chance.oneIn(4);
    const through = isWhole ? batch.length : chance.below(batch.length);
    told.push(...batch.slice(0, through).flat());
    if (isWhole) at += batch.length;
    else diary.push('relay stopped');
  }
  // The rule for counting leaves out that something was asked.
  return told.filter(({ name }) => name !== 'ActionTaken');
}

/** What one change is told as. The relay passes over what was removed. */
export function newsOf({ OldImage, NewImage }: Images, news: News): CatalogueEvent[] {
  const [before, after] = [OldImage, NewImage].map((image) => image && unmarshall(image as never));
  return after ? news(before, after) : [];
}

/**
 * Hands events to two counters at once until all are counted: each one to five times, in any order, some again although
 * they were counted, and all of those that a counter says it failed at, or had in hand when it ended.
 */
export async function deliver(events: CatalogueEvent[], course: Course, handler: Handler): Promise<void> {
  const { chance, diary } = course;
  const most = chance.of(mostCopies);
  const copiesOf = (event: CatalogueEvent) => Array.from({ length: 1 + chance.below(most) }, () => event);
  const queue = chance.shuffled(events.flatMap(copiesOf));
  const sizes = chance.of(batchSizes);
  let lost = 0;
  let batches = 0;
  const counter = async () => {
    while (queue.length > 0) {
      batches += 1;
      if (batches > mostBatches)
        throw new Error(`${queue.length} events come again and again, never counted`);
      const batch = queue.splice(0, chance.of(sizes));
      const outcome = await inProcess(course, () => handler(aQueueBatch(batch)));
      const failed = 'answer' in outcome ? failedOf(batch, outcome.answer) : batch;
      if (failed.length > 0 && failed.length < batch.length) diary.push('part of a batch failed');
      const again = chance.oneIn(5) ? batch.filter(() => lost < mostLost && chance.oneIn(2)) : [];
      lost += again.length;
      queue.push(...failed, ...again);
    }
  };
  await course.turns.together([counter, counter]);
}

function failedOf(
  batch: CatalogueEvent[],
  { batchItemFailures }: Awaited<ReturnType<Handler>>,
): CatalogueEvent[] {
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  return batch.filter((_, at) => failed.has(`m${at}`));
}
