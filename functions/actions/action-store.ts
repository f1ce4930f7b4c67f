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
import type { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import {
  Action,
  type ActionKey,
  askInterval,
  asksPerDay,
  type Current,
  type Details,
  fromKey,
  linkLifetime,
  mostChanges,
  mostChangesOfSeveral,
  toActionId,
  toKey,
} from './action.ts';
import { type ChangeKind, countedBy, countsOf, historyKey } from './count-history.ts';
import type { Segment } from './forget-unconfirmed.ts';
import { confirmAsked } from './join-campaign.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');

/** A version never repeats, even when TTL removed the item and it is made again: it starts at the time. */
const nextVersion = 'if_not_exists(version, :now) + :one';

/** Two changes of one kind in one millisecond would be remembered as one, and counted as two: the second is not made. */
export const noOther = 'attribute_not_exists(history.#change)';

/**
 * Writes what is asked beside what is confirmed, whether the address is new or known. One write, one condition: the
 * last request is over a minute old, and there were fewer today than mails may go out, so that no request takes the
 * place of a mailed one without being mailed itself (ADR 0008). Says nothing of whether it held, so that no answer can.
 * TTL removes what is never confirmed: `kept`, set on confirming, is not a number, which TTL ignores.
 */
export async function askAction(id: string, details: Details, now: number): Promise<void> {
  const expiresAt = now + linkLifetime;
  await update(id, {
    // Nobody looks at the item: reading it back took a sixth of a submission's processor time.
    ReturnValues: 'NONE',
    ReturnValuesOnConditionCheckFailure: 'NONE',
    UpdateExpression: `SET version = ${nextVersion}, askedVersion = ${nextVersion}, askedAt = :now, asked = :asked,
      #today = if_not_exists(#today, :none) + :one, #state = if_not_exists(#state, :pending), expires = if_not_exists(kept, :expires),
      history = if_not_exists(history, :empty), historyVersions = if_not_exists(historyVersions, :empty)`,
    ConditionExpression: `(attribute_not_exists(askedAt) OR askedAt <= :minuteAgo)
      AND (attribute_not_exists(#today) OR #today < :perDay)
      AND (attribute_not_exists(history) OR size(history) < :most)
      AND (attribute_not_exists(#current.joined) OR size(history) < :mostOfSeveral)`,
    ExpressionAttributeNames: {
      '#state': 'state',
      '#current': 'current',
      '#today': `asks ${utcDay(now)}`,
    },
    ExpressionAttributeValues: toItem({
      ':now': now,
      ':none': 0,
      ':one': 1,
      ':perDay': asksPerDay,
      ':asked': { ...details, expiresAt, counts: countsOf(details) },
      ':empty': {},
      ':most': mostChanges,
      ':mostOfSeveral': mostChangesOfSeveral,
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

const mostTries = 3;

/**
 * Makes what was asked at this version current, beside other campaigns under the root that stand confirmed. The condition
 * is the guard: it holds once, and before the link expires. It is one write where no other campaign was signed; else what
 * is there is looked at, and written on the version that was seen.
 */
export async function confirmAction(id: string, version: number, now: number): Promise<Change> {
  let change = await confirmAlone(id, version, now);
  for (let tries = 0; ; tries++) {
    const seen = change.done ? undefined : change.action;
    const current = seen && confirmAsked(seen, version, now);
    if (!current) return change;
    if (tries === mostTries)
      throw new Error('An action was changed by others each time that it was to be confirmed.');
    change = await confirmBeside(id, seen, current, now);
  }
}

function confirmAlone(id: string, version: number, now: number): Promise<Change> {
  return update(id, {
    UpdateExpression: toConfirmed('asked', 'asked.counts'),
    ConditionExpression: `askedVersion = :version AND asked.expiresAt > :now AND ${noOther}
      AND (#state <> :confirmed OR (#current.campaign = asked.campaign AND attribute_not_exists(#current.joined)))`,
    ...confirming(now, { ':version': version }),
  });
}

function confirmBeside(id: string, seen: Action, current: Current, now: number): Promise<Change> {
  return update(id, {
    UpdateExpression: toConfirmed(':current', ':counts'),
    ConditionExpression: 'version = :seen',
    ...confirming(now, { ':seen': seen.version, ':current': current, ':counts': countsOf(current) }),
  });
}

function toConfirmed(current: string, counts: string): string {
  return `SET ${remember(counts)}, #state = :confirmed, #current = ${current}, currentVersion = askedVersion,
    confirmedAt = :now, changedAt = :now, kept = :kept REMOVE asked, expires`;
}

function confirming(now: number, values: Record<string, unknown>) {
  return {
    ExpressionAttributeNames: {
      '#state': 'state',
      '#current': 'current',
      '#change': historyKey(now, 'confirmed'),
    },
    ExpressionAttributeValues: toItem({
      ':one': 1,
      ':now': now,
      ':confirmed': 'confirmed',
      ':kept': 'kept',
      ...values,
    }),
  };
}

/** Takes a confirmed action back; a request that waits for its confirmation goes with it, also one that was made since. */
export function withdrawAction(id: string, now: number): Promise<Change> {
  return leave(id, 'withdrawn', now, {
    remove: 'asked',
    condition: '#state = :confirmed OR (#state = :left AND attribute_exists(asked))',
    values: { ':confirmed': 'confirmed' },
  });
}

/**
 * Removes all that was said and asked, confirmed or not; a tombstone stays, of state, versions, times and what the tally
 * counted by: campaigns, a country, partners, sources, whether somebody was shown, an amount.
 */
export function eraseAction(id: string, now: number): Promise<Change> {
  return leave(id, 'erased', now, {
    remove: 'asked, #current, currentVersion, confirmedAt',
    condition: '#state IN (:confirmed, :withdrawn, :invalidated) OR attribute_exists(asked)',
    names: { '#current': 'current' },
    values: { ':confirmed': 'confirmed', ':withdrawn': 'withdrawn', ':invalidated': 'invalidated' },
  });
}

/**
 * A campaigner's word that nobody stands behind a confirmed action: of any campaign under the root, or of this chapter
 * where no other campaign was signed. What was said is kept, for whoever asks why.
 */
export function invalidateAction(
  id: string,
  reason: InvalidationReason,
  now: number,
  chapter?: string,
): Promise<Change> {
  const isIts = '#current.campaign = :chapter AND attribute_not_exists(#current.joined)';
  return leave(id, `invalidated+${reason}`, now, {
    remove: 'asked',
    condition: `#state = :confirmed${chapter ? ` AND ${isIts}` : ''}`,
    names: chapter ? { '#current': 'current' } : {},
    values: { ':confirmed': 'confirmed', ...(chapter && { ':chapter': chapter }) },
  });
}

/**
 * Records how much of a counted pledge was paid so far (minor units of its currency); 0 takes back what was recorded.
 * Not done when the action changed since it was read or in this very millisecond, or is no pledge that counts.
 */
export async function fulfilPledge(action: Action, fulfilled: number, now: number): Promise<Change> {
  const counted = countedBy(action);
  if (!counted?.pledge) return { done: false, action };
  const { root: _root, kind: _kind, ...counts } = counted;
  const { currency, amount } = counted.pledge;
  const pledge = { currency, amount, ...(fulfilled > 0 && { fulfilled }) };
  return update(toActionId(fromKey(action)), {
    UpdateExpression: `SET ${remember(':counts')}, changedAt = :now`,
    ConditionExpression: `version = :seen AND ${noOther}`,
    ExpressionAttributeNames: { '#change': historyKey(now, 'fulfilled') },
    ExpressionAttributeValues: toItem({
      ':one': 1,
      ':now': now,
      ':seen': action.version,
      ':counts': { ...counts, pledge },
    }),
  });
}

interface Leaving {
  remove: string;
  condition: string;
  names?: Record<string, string>;
  values: Record<string, string>;
}

/** Each way in which an action stops counting. */
function leave(id: string, kind: ChangeKind, now: number, leaving: Leaving): Promise<Change> {
  return update(id, {
    UpdateExpression: `SET ${remember(':nothing')}, #state = :left, changedAt = :now REMOVE ${leaving.remove}`,
    ConditionExpression: `(${leaving.condition}) AND ${noOther}`,
    ExpressionAttributeNames: { '#state': 'state', '#change': historyKey(now, kind), ...leaving.names },
    ExpressionAttributeValues: toItem({
      ':one': 1,
      ':now': now,
      ':nothing': null,
      ':left': kind.split('+')[0],
      ...leaving.values,
    }),
  });
}

/** The next version, and what the action counts by from then on, beside all that it counted by before. */
export function remember(counts: string): string {
  return `version = version + :one, history.#change = ${counts}, historyVersions.#change = version + :one`;
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
