import { GetItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import type { Batch } from './batch-changes.ts';
import type { RecentSigners } from './recent-signers.ts';
import { type Counters, Tally } from './tally.ts';

/**
 * Keys: `<campaign>` / `tally`; `<campaign>#hours` / `hour#<UTC hour>`; `marker#<event id>` / `<campaign>`. Hours have a
 * partition of their own, so that reading a year of them takes nothing from the tally, which every count reads first.
 */
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
  'recent',
];

export async function getTally(campaign: string, { consistent = false } = {}): Promise<Tally | undefined> {
  const Key = toItem({ pk: campaign, sk: 'tally' });
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key, ConsistentRead: consistent }),
  );
  return Item && toTally(fromItem(Item));
}

/** What is set beside the counters. */
export interface Setting {
  asOf: number;
  rate: number;
  pollAfter: number;
  goals: number[];
  /** Milestones (`<scope>#<threshold>`) that are met from now on. */
  reached: string[];
  /** Undefined: as they are. */
  recent: RecentSigners | undefined;
}

export type Counting = { counted: true } | { counted: false; known: Set<string>; passing: boolean };

/**
 * Counts a batch in one transaction, on the tally as it was read: a marker for each event, the tally with its milestones,
 * its hours. All of it or nothing. When some events have markers already, their ids are `known` and the rest can be tried
 * again; `passing` when the tally moved on, or the database asks to come back.
 */
export async function writeCount(
  batch: Batch,
  before: Tally,
  setting: Setting,
  now: number,
): Promise<Counting> {
  const TransactItems = toTransaction(batch, before, setting, now);
  try {
    await dynamo.send(new TransactWriteItemsCommand({ TransactItems }));
    return { counted: true };
  } catch (error) {
    return whyCancelled(batch, error);
  }
}

/** A stored item as a tally. */
export function toTally(item: Record<string, unknown>): Tally {
  const { pk, sk: _sk, ...rest } = item;
  const counters = toCounters(
    Object.fromEntries(Object.entries(rest).filter(([name]) => !known.includes(name))),
  );
  const facts = Object.fromEntries(Object.entries(rest).filter(([name]) => known.includes(name)));
  return Tally.parse({ campaign: pk, ...facts, counters });
}

/** Stored numbers as counters: integers of any size. */
export function toCounters(attributes: Record<string, unknown>): Counters {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, BigInt(value as number)]),
  );
}

function toTransaction(batch: Batch, before: Tally, setting: Setting, now: number): TransactWriteItem[] {
  const hours = [...batch.byHour].filter(([, counters]) => Object.keys(counters).length > 0);
  return [
    ...batch.changes.map(({ id }) => toMarker(id, batch.campaign, now)),
    { Update: toTallyUpdate(batch, before, setting, now) },
    ...hours.map(([hour, counters]) => ({ Update: toHourUpdate(batch.campaign, hour, counters) })),
  ];
}

/** Says that an event is counted for a campaign; it must not have been said before. */
export function toMarker(id: string, campaign: string, now: number): TransactWriteItem {
  const expires = Math.floor(now / 1_000) + markerLifetime;
  return {
    Put: {
      TableName: table,
      Item: toItem({ pk: `marker#${id}`, sk: campaign, expires }),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

function toTallyUpdate(batch: Batch, before: Tally, { reached, ...setting }: Setting, now: number) {
  const counts = toAdd(batch.counters);
  const members = toMembers({ ...membersOf(batch), reached });
  const adds = [...counts.expressions, ...members.expressions];
  const isNew = before.version === 0;
  return {
    TableName: table,
    Key: toItem({ pk: batch.campaign, sk: 'tally' }),
    UpdateExpression: `SET version = :next, asOf = :asOf, rate = :rate, pollAfter = :pollAfter, goals = :goals${
      reached.length > 0 ? ', reachedAt = :now' : ''
    }${setting.recent ? ', recent = :recent' : ''}${adds.length > 0 ? ` ADD ${adds.join(', ')}` : ''}`,
    ConditionExpression: isNew ? 'attribute_not_exists(version)' : 'version = :seen',
    ...(adds.length > 0 && { ExpressionAttributeNames: { ...counts.names, ...members.names } }),
    ExpressionAttributeValues: toItem({
      // A version never repeats, even when the item was removed and is made again.
      ':next': (isNew ? now : before.version) + 1,
      ...(!isNew && { ':seen': before.version }),
      ...(reached.length > 0 && { ':now': now }),
      ':asOf': setting.asOf,
      ':rate': setting.rate,
      ':pollAfter': setting.pollAfter,
      ':goals': setting.goals,
      ':recent': setting.recent,
      ...counts.values,
      ...members.values,
    }),
  };
}

function toHourUpdate(campaign: string, hour: string, counters: Counters) {
  const { expressions, names, values } = toAdd(counters);
  return {
    TableName: table,
    Key: toItem(hourKey(campaign, hour)),
    UpdateExpression: `ADD ${expressions.join(', ')}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: toItem(values),
  };
}

export function hourKey(campaign: string, hour: string) {
  return { pk: `${campaign}#hours`, sk: `hour#${hour}` };
}

/** Parts of an expression that adds counters. */
export function toAdd(counters: Counters) {
  const entries = Object.entries(counters);
  return {
    expressions: entries.map((_, at) => `#c${at} :c${at}`),
    names: Object.fromEntries(entries.map(([name], at) => [`#c${at}`, name])),
    values: Object.fromEntries(entries.map(([, value], at) => [`:c${at}`, value])),
  };
}

function membersOf({ changes }: Batch) {
  const of = (set: 'targeted' | 'delivered') =>
    changes.flatMap(({ members }) => (members?.set === set ? [members.member] : []));
  return { targeted: of('targeted'), delivered: of('delivered') };
}

function toMembers(members: Record<string, string[]>) {
  const sets = Object.entries(members).filter(([, added]) => added.length > 0);
  return {
    expressions: sets.map(([set]) => `#${set} :${set}`),
    names: Object.fromEntries(sets.map(([set]) => [`#${set}`, set])),
    values: Object.fromEntries(sets.map(([set, added]) => [`:${set}`, new Set(added)])),
  };
}

/** Reasons of a cancelled transaction stand in the order of its items: markers first, then the tally. */
function whyCancelled(batch: Batch, error: unknown): Counting {
  const { name, CancellationReasons } = error as {
    name: string;
    CancellationReasons?: Array<{ Code?: string }>;
  };
  if (name !== 'TransactionCanceledException' || !CancellationReasons) throw error;
  const codes = CancellationReasons.map(({ Code }) => Code ?? 'None');
  const known = batch.changes.filter((_, at) => codes[at] === 'ConditionalCheckFailed').map(({ id }) => id);
  const movedOn = codes[batch.changes.length] === 'ConditionalCheckFailed';
  const passing = movedOn || codes.some((code) => /Conflict|Throttl|Throughput/.test(code));
  if (known.length === 0 && !passing) throw error;
  return { counted: false, known: new Set(known), passing };
}
