import { GetItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { type Hour, toHour } from './hour-store.ts';
import { logDifference } from './recount-log.ts';
import { untilDone } from './recount-patience.ts';
import type { RecountProgress } from './recount-progress.ts';
import { inPieces, isNothing, type Place } from './recount-sums.ts';
import { type Counters, differenceOf } from './tally.ts';
import { getTally, hourKey, toAdd, toMarker } from './tally-store.ts';

const table = /* @__PURE__ */ setting('TALLIES_TABLE');
/** Counters of one write: its condition names each, and holds 4 kB. */
const pieceSize = 100;

/** Makes an hour hold what the actions say, if it does not. */
export async function repairHour(
  { campaign, hour }: Place,
  wanted: Counters,
  progress: RecountProgress,
): Promise<void> {
  let isTold = false;
  await untilDone(`The hour ${hour} of ${campaign}`, async () => {
    const stored = await getHour(campaign, hour);
    const difference = differenceOf(stored.counters, wanted);
    if (isNothing(difference)) return true;
    if (!isTold) logDifference('hour', campaign, difference, hour);
    if (!isTold) await progress.find('hours');
    isTold = true;
    const [piece = {}] = inPieces(difference, pieceSize);
    await addToHour(campaign, stored, piece, progress.recount.requestVersion);
    return false;
  });
}

async function getHour(campaign: string, hour: string): Promise<Hour> {
  const Key = toItem(hourKey(campaign, hour));
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item ? toHour(fromItem(Item)) : { hour, counters: {} };
}

/**
 * Adds to the hour as it was read, and to no other: what was counted in between, and another attempt that was faster,
 * break the condition. The tally moves on too, because readers of its hours know them by its version.
 */
async function addToHour(campaign: string, stored: Hour, piece: Counters, request: number): Promise<void> {
  const [first = ''] = Object.keys(piece);
  const marker = `recount:${campaign}:${request}:${stored.hour}:${first}`;
  const hasTally = (await getTally(campaign, { consistent: true })) !== undefined;
  const TransactItems: TransactWriteItem[] = [
    toMarker(marker, campaign, Date.now()),
    { Update: toHourUpdate(campaign, stored, piece) },
    ...(hasTally ? [{ Update: toNextVersion(campaign) }] : []),
  ];
  await dynamo.send(new TransactWriteItemsCommand({ TransactItems }));
}

function toHourUpdate(campaign: string, { hour, counters }: Hour, piece: Counters) {
  const { expressions, names, values } = toAdd(piece);
  const seen = Object.keys(piece).map((name) => counters[name]);
  const conditions = seen.map((value, at) =>
    value === undefined ? `attribute_not_exists(#c${at})` : `#c${at} = :s${at}`,
  );
  const known = seen.flatMap((value, at) => (value === undefined ? [] : [[`:s${at}`, value]]));
  return {
    TableName: table,
    Key: toItem(hourKey(campaign, hour)),
    UpdateExpression: `ADD ${expressions.join(', ')}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: toItem({ ...values, ...Object.fromEntries(known) }),
  };
}

function toNextVersion(campaign: string) {
  return {
    TableName: table,
    Key: toItem({ pk: campaign, sk: 'tally' }),
    UpdateExpression: 'SET version = version + :one',
    ConditionExpression: 'attribute_exists(version)',
    ExpressionAttributeValues: toItem({ ':one': 1 }),
  };
}
