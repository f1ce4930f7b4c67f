import { setTimeout } from 'node:timers/promises';
import { BatchWriteItemCommand, GetItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import type { Target } from './target.ts';

/** Keys: `targets` / id. One partition, so that the registry is one query, in the order of the ids. */
const table = /* @__PURE__ */ setting('TARGETS_TABLE');
const pk = 'targets';

/** As many as a batch may have. */
const batchSize = 25;
/** Batches on their way at once: a partition takes 1,000 write units a second, and no more is gained by more. */
const atOnce = 4;
/** No batch is begun after this (milliseconds), so that there is an answer before the function's time is up. */
const patience = 22_000;

/**
 * All offices, in the order of their ids. They are as they were checked when they came in; `consistent` for as they are
 * now, not a moment ago, at twice the price.
 */
export async function listTargets({ consistent = false } = {}): Promise<Target[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': pk }),
    ConsistentRead: consistent,
  });
  return items.map(withoutKeys);
}

export async function getTarget(id: string): Promise<Target | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem({ pk, sk: id }), ConsistentRead: true }),
  );
  return Item && withoutKeys(fromItem(Item));
}

/**
 * Puts offices in the place of those of the same ids, a few batches at a time, and answers how many it put: fewer than
 * all when the table refuses or time runs out. Putting all of them again is safe.
 */
export async function putTargets(targets: Target[]): Promise<number> {
  const deadline = Date.now() + patience;
  const waiting = targets.map((target) => ({
    PutRequest: { Item: toItem({ pk, sk: target.id, ...target }) },
  }));
  let put = 0;
  const work = async () => {
    while (waiting.length > 0) {
      const done = await putBatch(waiting.splice(0, batchSize), deadline);
      put += done;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return put;
}

/** What the table is too busy for is put again, after a while that grows. Answers how many were put. */
async function putBatch(batch: WriteRequest[], deadline: number): Promise<number> {
  let left = batch;
  let pause = 0;
  while (left.length > 0 && Date.now() < deadline) {
    await setTimeout(pause * (0.5 + Math.random()));
    left = await tryBatch(left);
    pause = Math.min(2 * pause + 50, 1_000);
  }
  return batch.length - left.length;
}

/** Those that were not put. */
async function tryBatch(batch: WriteRequest[]): Promise<WriteRequest[]> {
  try {
    const { UnprocessedItems } = await dynamo.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: batch } }),
    );
    return UnprocessedItems?.[table] ?? [];
  } catch (error) {
    log('warn', 'offices could not be put', { error, count: batch.length });
    return batch;
  }
}

function withoutKeys({ pk: _pk, sk: _sk, ...target }: Record<string, unknown>): Target {
  return target as Target;
}
