import {
  GetItemCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import type { Batch } from './batch-changes.ts';
import { type Counters, Tally } from './tally.ts';

/** Keys: `<campaign>` / `tally` and `hour#<UTC hour>`; `marker#<event id>` / `<campaign>`. */
const table = /* @__PURE__ */ setting('TALLIES_TABLE');
const markerLifetime = 90 * 24 * 60 * 60;
/** Attributes of the tally item that are no counters. */
const known = [
  'version',
  'asOf',
  'rate',
  'pollAfter',
  'goals',
  'reached',
  'reachedAt',
  'targeted',
  'delivered',
];

export async function getTally(campaign: string, { consistent = false } = {}): Promise<Tally | undefined> {
  const Key = toItem(tallyKey(campaign));
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: consistent }),
  );
  return Item && toTally(unmarshall(Item));
}

/** What is set beside the counters. */
export interface Setting {
  asOf: number;
  rate: number;
  pollAfter: number;
  goals: number[];
}

export type Counting = { counted: true } | { counted: false; known: Set<string>; passing: boolean };

/**
 * Counts a batch in one transaction: a marker for each event, the tally, its hours. All of it or nothing; when some
 * events have markers already, their ids are `known` and the rest can be tried again.
 */
export async function countBatch(batch: Batch, setting: Setting, now: number): Promise<Counting> {
  try {
    await dynamo.send(new TransactWriteItemsCommand({ TransactItems: toTransaction(batch, setting, now) }));
    return { counted: true };
  } catch (error) {
    return whyCancelled(batch, error);
  }
}

/**
 * Adds milestones to those reached; their growth is what MilestoneReached is told of, with the counts of that moment.
 * False when the tally moved on since it was read: what is met has to be looked at again.
 */
export async function addReached(tally: Tally, milestones: string[], now: number): Promise<boolean> {
  try {
    await dynamo.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem(tallyKey(tally.campaign)),
        UpdateExpression: 'SET version = version + :one, reachedAt = :now ADD reached :milestones',
        ConditionExpression: 'version = :seen',
        ExpressionAttributeValues: toItem({
          ':one': 1,
          ':now': now,
          ':milestones': new Set(milestones),
          ':seen': tally.version,
        }),
      }),
    );
    return true;
  } catch (error) {
    if (!movedOn.includes((error as Error).name)) throw error;
    return false;
  }
}

/** The tally was counted into since it was read, or is right now. */
const movedOn = ['ConditionalCheckFailedException', 'TransactionConflictException'];

/** A stored item as a tally. */
export function toTally(item: Record<string, unknown>): Tally {
  const { pk, sk: _sk, ...rest } = item;
  const counters = Object.fromEntries(Object.entries(rest).filter(([name]) => !known.includes(name)));
  const facts = Object.fromEntries(Object.entries(rest).filter(([name]) => known.includes(name)));
  return Tally.parse({ campaign: pk, ...facts, counters });
}

function tallyKey(campaign: string) {
  return { pk: campaign, sk: 'tally' };
}

function toTransaction(batch: Batch, setting: Setting, now: number): TransactWriteItem[] {
  const hours = [...batch.byHour].filter(([, counters]) =>
    Object.values(counters).some((value) => value !== 0),
  );
  return [
    ...batch.changes.map(({ id }) => toMarker(id, batch.campaign, now)),
    { Update: toTallyUpdate(batch, setting, now) },
    ...hours.map(([hour, counters]) => ({ Update: toHourUpdate(batch.campaign, hour, counters) })),
  ];
}

function toMarker(id: string, campaign: string, now: number): TransactWriteItem {
  const expires = Math.floor(now / 1_000) + markerLifetime;
  return {
    Put: {
      TableName: table,
      Item: toItem({ pk: `marker#${id}`, sk: campaign, expires }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function toTallyUpdate(batch: Batch, setting: Setting, now: number) {
  const counts = toAdd(batch.counters);
  const members = toMembers(batch);
  const adds = [...counts.expressions, ...members.expressions];
  return {
    TableName: table,
    Key: toItem(tallyKey(batch.campaign)),
    UpdateExpression: `SET version = if_not_exists(version, :now) + :one, asOf = :asOf, rate = :rate, pollAfter = :pollAfter, goals = :goals${adds.length > 0 ? ` ADD ${adds.join(', ')}` : ''}`,
    ...(adds.length > 0 && { ExpressionAttributeNames: { ...counts.names, ...members.names } }),
    ExpressionAttributeValues: toItem({
      ':now': now,
      ':one': 1,
      ':asOf': setting.asOf,
      ':rate': setting.rate,
      ':pollAfter': setting.pollAfter,
      ':goals': setting.goals,
      ...counts.values,
      ...members.values,
    }),
  };
}

function toHourUpdate(campaign: string, hour: string, counters: Counters) {
  const { expressions, names, values } = toAdd(counters);
  return {
    TableName: table,
    Key: toItem({ pk: campaign, sk: `hour#${hour}` }),
    UpdateExpression: `ADD ${expressions.join(', ')}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: toItem(values),
  };
}

function toAdd(counters: Counters) {
  const entries = Object.entries(counters).filter(([, value]) => value !== 0);
  return {
    expressions: entries.map((_, at) => `#c${at} :c${at}`),
    names: Object.fromEntries(entries.map(([name], at) => [`#c${at}`, name])),
    values: Object.fromEntries(entries.map(([, value], at) => [`:c${at}`, value])),
  };
}

function toMembers({ changes }: Batch) {
  const sets = (['targeted', 'delivered'] as const)
    .map((set) => ({
      set,
      members: changes.flatMap(({ members }) => (members?.set === set ? [members.member] : [])),
    }))
    .filter(({ members }) => members.length > 0);
  return {
    expressions: sets.map(({ set }) => `#${set} :${set}`),
    names: Object.fromEntries(sets.map(({ set }) => [`#${set}`, set])),
    values: Object.fromEntries(sets.map(({ set, members }) => [`:${set}`, new Set(members)])),
  };
}

/** Reasons of a cancelled transaction stand in the order of its items: markers first. */
function whyCancelled(batch: Batch, error: unknown): Counting {
  const { name, CancellationReasons } = error as {
    name: string;
    CancellationReasons?: Array<{ Code?: string }>;
  };
  if (name !== 'TransactionCanceledException' || !CancellationReasons) throw error;
  const codes = CancellationReasons.map(({ Code }) => Code ?? 'None');
  const known = batch.changes.filter((_, at) => codes[at] === 'ConditionalCheckFailed').map(({ id }) => id);
  const passing = codes.some((code) => /Conflict|Throttl|Throughput/.test(code));
  if (known.length === 0 && !passing) throw error;
  return { counted: false, known: new Set(known), passing };
}
