import { setTimeout } from 'node:timers/promises';
import { BatchWriteItemCommand, GetItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, queryAll, toItem, withoutKeys } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { isPassing } from '../../shared/aws/is-passing.ts';
import { log } from '../../shared/aws/log.ts';
import type { Office, Target } from './target.ts';

/** Keys: `targets` / id. One partition, so that the registry is one query, in the order of the ids. */
const table = /* @__PURE__ */ setting('TARGETS_TABLE');
const pk = 'targets';

/** As many as a batch may have. */
const batchSize = 25;
/** Batches on their way at once: a partition takes 1,000 write units a second, and no more is gained by more. */
const atOnce = 4;
/**
 * How long after the beginning of a request batches are begun (milliseconds), so that there is an answer before the
 * function's time is up: the last of them may be tried three times, of 2.5 s.
 */
const patience = 20_000;

interface Reading {
  /** As it is now, not a moment ago, at twice the price. */
  consistent?: boolean;
}

/** All offices, in the order of their ids. They are as they were checked when they came in. */
export async function listTargets({ consistent = false }: Reading = {}): Promise<Target[]> {
  return (await queryAll(wholeRegistry(consistent))).map(toTarget);
}

/** What anyone may know of each of them; their addresses are not even read. */
export async function listOffices({ consistent = false }: Reading = {}): Promise<Office[]> {
  const fields = ['id', 'classification', 'area_id', 'label'];
  const items = await queryAll({
    ...wholeRegistry(consistent),
    ProjectionExpression: fields.map((field) => `#${field}`).join(),
    ExpressionAttributeNames: Object.fromEntries(fields.map((field) => [`#${field}`, field])),
  });
  return items as Office[];
}

export async function getTarget(id: string): Promise<Target | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem({ pk, sk: id }), ConsistentRead: true }),
  );
  return Item && toTarget(fromItem(Item));
}

/**
 * Puts offices in the place of those of the same ids, a few batches at a time, and answers how many it put: fewer than
 * all when the table is busy until 20 s after the request has begun. Putting all of them again is safe.
 * @param begun Unix time in milliseconds.
 * @throws what does not pass by itself.
 */
export async function putTargets(targets: Target[], begun: number): Promise<number> {
  const deadline = begun + patience;
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
  for (let pause = 0; left.length > 0; pause = Math.min(2 * pause + 50, 1_000)) {
    await setTimeout(pause * (0.5 + Math.random()));
    if (Date.now() >= deadline) break;
    left = await tryBatch(left);
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
    if (!isPassing(error)) throw error;
    log('warn', 'offices could not be put', { error, count: batch.length });
    return batch;
  }
}

function wholeRegistry(ConsistentRead: boolean) {
  return {
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': pk }),
    ConsistentRead,
  };
}

function toTarget(item: Record<string, unknown>): Target {
  return withoutKeys(item) as Target;
}
