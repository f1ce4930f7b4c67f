import { GetItemCommand, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, isRefused, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { type Differences, longestRequest, longestSilence, type Recount, toRecount } from './recount.ts';

/** Keys: `<campaign>` / `recount`. */
const table = /* @__PURE__ */ setting('TALLIES_TABLE');
const nextVersion = 'if_not_exists(version, :now) + :one';

export async function getRecount(campaign: string): Promise<Recount | undefined> {
  const Key = toItem({ pk: campaign, sk: 'recount' });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && toRecount(fromItem(Item));
}

/** Asks for a recount of a root campaign; one that was asked for and has not ended is the answer, too. */
export async function requestRecount(campaign: string, now: number): Promise<Recount> {
  const { item } = await update(campaign, now, {
    UpdateExpression: `SET version = ${nextVersion}, requestVersion = ${nextVersion}, requestedAt = :now, #state = :requested,
      partsDone = :zero, #rows = :zero, hours = :zero, differences = :nothing REMOVE startedAt, progressAt, finishedAt, reason`,
    ConditionExpression:
      'attribute_not_exists(requestVersion) OR #state IN (:done, :failed) OR requestedAt <= :forgotten',
    ExpressionAttributeNames: { '#state': 'state', '#rows': 'rows' },
    ExpressionAttributeValues: toItem({
      ':requested': 'requested',
      ':done': 'done',
      ':failed': 'failed',
      ':forgotten': now - longestRequest,
      ':zero': 0,
      ':nothing': { events: 0, hours: 0, tallies: 0, governments: 0 } satisfies Differences,
    }),
  });
  if (!item) throw new Error(`The recount of ${campaign} cannot be read`);
  return item;
}

/** Takes a request on; undefined when it has been done, another is at it, or a newer one has taken its place. */
export async function beginRecount(
  { campaign, requestVersion }: Recount,
  now: number,
): Promise<Recount | undefined> {
  const { done, item } = await update(campaign, now, {
    UpdateExpression: `SET version = ${nextVersion}, #state = :running, startedAt = :now, progressAt = :now,
      partsDone = :zero, #rows = :zero, hours = :zero REMOVE finishedAt, reason`,
    ConditionExpression:
      'requestVersion = :request AND (#state IN (:requested, :failed) OR (#state = :running AND progressAt <= :silent))',
    ExpressionAttributeNames: { '#state': 'state', '#rows': 'rows' },
    ExpressionAttributeValues: toItem({
      ':request': requestVersion,
      ':requested': 'requested',
      ':failed': 'failed',
      ':running': 'running',
      ':silent': now - longestSilence,
      ':zero': 0,
    }),
  });
  return done ? item : undefined;
}

type Said = Partial<Pick<Recount, 'state' | 'reason' | 'finishedAt' | 'partsDone' | 'rows' | 'hours'>>;

/** Notes how a request goes on. False when a newer one has taken its place. */
export async function noteRecount(
  { campaign, requestVersion }: Recount,
  said: Said,
  now: number,
): Promise<boolean> {
  const names = Object.keys(said);
  const { done } = await update(campaign, now, {
    UpdateExpression: `SET ${[`version = ${nextVersion}`, 'progressAt = :now', ...names.map((name) => `#${name} = :${name}`)].join(', ')}`,
    ConditionExpression: 'requestVersion = :request',
    ...(names.length > 0 && {
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    }),
    ExpressionAttributeValues: toItem({
      ':request': requestVersion,
      ...Object.fromEntries(Object.entries(said).map(([name, value]) => [`:${name}`, value])),
    }),
  });
  return done;
}

/** Adds to what a request found. False when a newer one has taken its place. */
export async function noteDifferences(
  { campaign, requestVersion }: Recount,
  what: keyof Differences,
  count: number,
  now: number,
): Promise<boolean> {
  const { done } = await update(campaign, now, {
    UpdateExpression: `SET version = ${nextVersion}, progressAt = :now, differences.#what = differences.#what + :count`,
    ConditionExpression: 'requestVersion = :request',
    ExpressionAttributeNames: { '#what': what },
    ExpressionAttributeValues: toItem({ ':request': requestVersion, ':count': count }),
  });
  return done;
}

/** One conditional update; a condition that does not hold is an outcome, with the item as it is. */
async function update(
  campaign: string,
  now: number,
  input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>,
) {
  const command = new UpdateItemCommand({
    ...input,
    TableName: table,
    Key: toItem({ pk: campaign, sk: 'recount' }),
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    ExpressionAttributeValues: { ...input.ExpressionAttributeValues, ...toItem({ ':now': now, ':one': 1 }) },
  });
  try {
    const { Attributes } = await dynamo.send(command);
    return { done: true, item: Attributes && toRecount(fromItem(Attributes)) };
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { done: false, item: error.Item && toRecount(fromItem(error.Item)) };
  }
}
