import { BatchGetItemCommand, type BatchGetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { batchChanges, hourOf } from './batch-changes.ts';
import { count } from './count-batch.ts';
import { listChanges } from './recount-actions.ts';
import { logDifference } from './recount-log.ts';
import { pause } from './recount-patience.ts';
import type { RecountProgress } from './recount-progress.ts';
import { addChange, type Place, type Sums } from './recount-sums.ts';
import type { Unit } from './recount-unit.ts';
import type { Change } from './tally.ts';

const table = /* @__PURE__ */ setting('TALLIES_TABLE');
const day = 24 * 60 * 60 * 1_000;
/** Reactors refuse events older than 60 days, and markers are kept for 90. */
const oldest = 61 * day;
/** DynamoDB answers 100 keys a request; a transaction counts 97 events. */
const sizes = { markers: 100, count: 97 };

/**
 * Reads a root's actions once more, for the hours that seemed not to match. Their changes that were
 * never counted are counted, in the way and under the marker of their events, so that these find nothing to do when they
 * come at last. Answers what the hours have to hold.
 */
export async function countMissing(
  places: Place[],
  unit: Unit,
  until: number,
  progress: RecountProgress,
): Promise<Sums> {
  const hours = new Set(places.map(({ campaign, hour }) => `${campaign} ${hour}`));
  const exact: Sums = new Map();
  const young: Change[] = [];
  const missing: Change[] = [];
  const since = Date.now() - oldest;
  const settle = async (isLast: boolean) => {
    while (young.length >= (isLast ? 1 : sizes.markers))
      missing.push(...(await withoutMarker(young.splice(0, sizes.markers))));
    while (missing.length >= (isLast ? 1 : sizes.count))
      await countChanges(missing.splice(0, sizes.count), unit, progress);
  };
  for await (const changes of listChanges(progress.recount.campaign, until)) {
    const wanted = changes.filter(({ campaign, at }) => hours.has(`${campaign} ${hourOf(at)}`));
    for (const change of wanted) addChange(exact, change);
    young.push(...wanted.filter(({ at }) => at >= since));
    await settle(false);
    await progress.work();
  }
  await settle(true);
  return exact;
}

async function countChanges(changes: Change[], unit: Unit, progress: RecountProgress): Promise<void> {
  for (const batch of batchChanges(changes)) {
    for (const [hour, counters] of batch.byHour)
      logDifference('never counted', batch.campaign, counters, hour);
    await progress.find('events', batch.changes.length);
    await count(batch, unit.get(batch.campaign) ?? { world: [], country: [] }, Date.now());
  }
}

/** Those of at most 100 changes whose events have not been counted. */
async function withoutMarker(changes: Change[]): Promise<Change[]> {
  const Keys = changes.map(({ id, campaign }) => toItem({ pk: `marker#${id}`, sk: campaign }));
  const counted = new Set<string>();
  let left: Requests = { [table]: { Keys, ConsistentRead: true, ProjectionExpression: 'pk, sk' } };
  for (let tries = 0; left?.[table]; tries++) {
    // What it had no capacity for is answered later.
    if (tries > 0) await pause(100);
    const answer: BatchGetItemCommandOutput = await dynamo.send(
      new BatchGetItemCommand({ RequestItems: left }),
    );
    for (const { pk, sk } of answer.Responses?.[table] ?? []) counted.add(`${pk?.S} ${sk?.S}`);
    left = answer.UnprocessedKeys;
  }
  return changes.filter(({ id, campaign }) => !counted.has(`marker#${id} ${campaign}`));
}

type Requests = BatchGetItemCommandOutput['UnprocessedKeys'];
