import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetItemCommand, type BatchGetItemCommandOutput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { fromKey, toActionId, toKey } from './action.ts';
import { NamedAction, toShownName } from './shown-name.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');
const mostTries = 5;

/**
 * Names of those supporters who are to be shown by what is stored at this moment, in the order of the ids. Whoever shows
 * them looks here each time, so that there is no copy of a name to be removed with it.
 * @param ids of at most 100 actions, no two the same: what DynamoDB looks up at once
 */
export async function listShownNames(ids: string[]): Promise<string[]> {
  const names = new Map<string, string>();
  for (const action of await getNamed(ids)) {
    const name = toShownName(action);
    if (name) names.set(toActionId(fromKey(action)), name);
  }
  return ids.flatMap((id) => names.get(id) ?? []);
}

/** @throws Error when the database has no capacity to answer all of it, time and again. */
async function getNamed(ids: string[]): Promise<NamedAction[]> {
  const found: NamedAction[] = [];
  let left = toRequests(ids);
  for (let tries = 0; left?.[table]; tries++) {
    if (tries === mostTries) throw new Error('The database has no capacity to look up signers');
    await sleep(Math.random() * 50 * tries);
    const answer: BatchGetItemCommandOutput = await dynamo.send(
      new BatchGetItemCommand({ RequestItems: left }),
    );
    for (const item of answer.Responses?.[table] ?? []) found.push(NamedAction.parse(unmarshall(item)));
    left = answer.UnprocessedKeys;
  }
  return found;
}

type Requests = BatchGetItemCommandOutput['UnprocessedKeys'];

/** Of what was said, the names alone; read consistently, so that who has just left is not shown once more. */
function toRequests(ids: string[]): Requests {
  if (ids.length === 0) return undefined;
  const wanted = {
    Keys: ids.map((id) => toItem({ ...toKey(id) })),
    ProjectionExpression: 'pk, sk, #state, #current.givenName, #current.familyName, #current.display',
    ExpressionAttributeNames: { '#state': 'state', '#current': 'current' },
    ConsistentRead: true,
  };
  return { [table]: wanted };
}
