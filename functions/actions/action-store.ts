import {
  GetItemCommand,
  ScanCommand,
  type ScanCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, isRefused, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import {
  Action,
  type ActionKey,
  askInterval,
  asksPerDay,
  type Details,
  linkLifetime,
  toKey,
} from './action.ts';
import type { Segment } from './forget-unconfirmed.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');

/** A version never repeats, even when TTL removed the item and it is made again: it starts at the time. */
const nextVersion = 'if_not_exists(version, :now) + :one';

/**
 * Writes what is asked beside what is confirmed, whether the address is new or known. One write, one condition: the
 * last request is over a minute old, and there were fewer today than mails may go out, so that no request takes the
 * place of a mailed one without being mailed itself (ADR 0008). Says nothing of whether it held, so that no answer can.
 * TTL removes what is never confirmed: `kept`, set on confirming, is not a number, which TTL ignores.
 */
export async function askAction(id: string, details: Details, now: number): Promise<void> {
  const expiresAt = now + linkLifetime;
  await update(id, {
    UpdateExpression: `SET version = ${nextVersion}, askedVersion = ${nextVersion}, askedAt = :now, asked = :asked,
      #today = if_not_exists(#today, :none) + :one, #state = if_not_exists(#state, :pending), expires = if_not_exists(kept, :expires)`,
    ConditionExpression:
      '(attribute_not_exists(askedAt) OR askedAt <= :minuteAgo) AND (attribute_not_exists(#today) OR #today < :perDay)',
    ExpressionAttributeNames: { '#state': 'state', '#today': `asks ${utcDay(now)}` },
    ExpressionAttributeValues: toItem({
      ':now': now,
      ':none': 0,
      ':one': 1,
      ':perDay': asksPerDay,
      ':asked': { ...details, expiresAt },
      ':pending': 'pending',
      ':expires': Math.ceil(expiresAt / 1_000),
      ':minuteAgo': now - askInterval,
    }),
  });
}

/** Whether the write was made, and the item as it is now; undefined when there is none. */
export interface Change {
  done: boolean;
  action: Action | undefined;
}

/** Makes what was asked at this version current. The condition is the guard: it holds once, and before the link expires. */
export function confirmAction(id: string, version: number, now: number): Promise<Change> {
  return update(id, {
    UpdateExpression: `SET version = version + :one, #state = :confirmed, #current = asked, currentVersion = askedVersion,
      confirmedAt = :now, changedAt = :now, kept = :kept REMOVE asked, expires`,
    ConditionExpression: 'askedVersion = :version AND asked.expiresAt > :now',
    ExpressionAttributeNames: { '#state': 'state', '#current': 'current' },
    ExpressionAttributeValues: toItem({
      ':one': 1,
      ':now': now,
      ':version': version,
      ':confirmed': 'confirmed',
      ':kept': 'kept',
    }),
  });
}

/** Takes a confirmed action back; a request that waits for its confirmation goes with it, also one that was made since. */
export function withdrawAction(id: string, now: number): Promise<Change> {
  return update(id, {
    UpdateExpression: 'SET version = version + :one, #state = :withdrawn, changedAt = :now REMOVE asked',
    ConditionExpression: '#state = :confirmed OR (#state = :withdrawn AND attribute_exists(asked))',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: toItem({
      ':one': 1,
      ':now': now,
      ':confirmed': 'confirmed',
      ':withdrawn': 'withdrawn',
    }),
  });
}

/**
 * Removes all that was said and asked, confirmed or not; a tombstone of state and version stays. What was counted is in
 * the stream's old image.
 */
export function eraseAction(id: string, now: number): Promise<Change> {
  return update(id, {
    UpdateExpression:
      'SET version = version + :one, #state = :erased, changedAt = :now REMOVE asked, #current, currentVersion, confirmedAt',
    ConditionExpression: '#state IN (:confirmed, :withdrawn) OR attribute_exists(asked)',
    ExpressionAttributeNames: { '#state': 'state', '#current': 'current' },
    ExpressionAttributeValues: toItem({
      ':one': 1,
      ':now': now,
      ':confirmed': 'confirmed',
      ':withdrawn': 'withdrawn',
      ':erased': 'erased',
    }),
  });
}

/** Keys in a part of the table whose item is kept although a request in it was not confirmed in time. */
export async function* listOverdueAsks(segment: Segment, now: number): AsyncGenerator<ActionKey> {
  let start: ScanCommandInput['ExclusiveStartKey'];
  do {
    const page = await dynamo.send(
      new ScanCommand({
        TableName: table,
        ...segment,
        FilterExpression: 'attribute_exists(kept) AND asked.expiresAt <= :now',
        ProjectionExpression: 'pk, sk',
        ExpressionAttributeValues: toItem({ ':now': now }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    for (const item of page.Items ?? []) yield unmarshall(item) as ActionKey;
    start = page.LastEvaluatedKey;
  } while (start);
}

/** Removes a request that was not confirmed in time; one that was made since stays. */
export async function forgetAsked({ pk, sk }: ActionKey, now: number): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: table,
    Key: toItem({ pk, sk }),
    UpdateExpression: 'SET version = version + :one REMOVE asked',
    ConditionExpression: 'asked.expiresAt <= :now',
    ExpressionAttributeValues: toItem({ ':one': 1, ':now': now }),
  });
  await dynamo.send(update).catch((error: unknown) => {
    if (!isRefused(error)) throw error;
  });
}

export async function getAction(id: string): Promise<Action | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem({ ...toKey(id) }), ConsistentRead: true }),
  );
  return toAction(Item);
}

/** One conditional update. A condition that does not hold is an outcome, with the item as it is. */
async function update(id: string, input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>): Promise<Change> {
  try {
    const { Attributes } = await dynamo.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem({ ...toKey(id) }),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        ...input,
      }),
    );
    return { done: true, action: toAction(Attributes) };
  } catch (error) {
    if (!isRefused(error)) throw error;
    return { done: false, action: toAction(error.Item) };
  }
}

type Item = Parameters<typeof unmarshall>[0];

function toAction(item: Item | undefined): Action | undefined {
  return item && Action.parse(unmarshall(item));
}
