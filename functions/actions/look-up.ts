import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetItemCommand, type BatchGetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { toKey } from './action.ts';
import { toProjection } from './projection.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');
const mostTries = 5;

/**
 * Of actions, what is named and nothing else, in any order; of those that are not there, nothing. Read consistently, so
 * that who has just left is not shown once more.
 * @param ids of at most 100 actions, no two the same: what DynamoDB looks up at once
 * @throws Error when the database has no capacity to answer all of it, time and again.
 */
export async function lookUp(ids: string[], paths: string[]): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let left = toRequests(ids, paths);
  for (let tries = 0; left?.[table]; tries++) {
    if (tries === mostTries) throw new Error('The database has no capacity to look up actions');
    await sleep(Math.random() * 50 * tries);
    const answer: BatchGetItemCommandOutput = await dynamo.send(
      new BatchGetItemCommand({ RequestItems: left }),
    );
    for (const item of answer.Responses?.[table] ?? []) found.push(unmarshall(item));
    left = answer.UnprocessedKeys;
  }
  return found;
}

type Requests = BatchGetItemCommandOutput['UnprocessedKeys'];

function toRequests(ids: string[], paths: string[]): Requests {
  if (ids.length === 0) return undefined;
  const Keys = ids.map((id) => toItem({ ...toKey(id) }));
  return { [table]: { Keys, ...toProjection(paths), ConsistentRead: true } };
}
