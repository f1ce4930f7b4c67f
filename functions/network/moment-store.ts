import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { dynamo, fromItem, putNew, queryAll, toItem, withoutKeys } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Moment } from './moment.ts';
import { saveVersion } from './versioned-store.ts';

/** Keys: `moment` / slug. */
const table = /* @__PURE__ */ setting('NETWORK_TABLE');

export async function getMoment(slug: string): Promise<Moment | undefined> {
  const Key = toItem({ pk: 'moment', sk: slug });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && toMoment(fromItem(Item));
}

export async function listMoments(): Promise<Moment[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': 'moment' }),
  });
  return items.map(toMoment);
}

/** Puts a moment that is not there yet; false when it is, and then nothing is changed. */
export function addMoment(moment: Moment): Promise<boolean> {
  return putNew(table, { pk: 'moment', sk: moment.slug, ...moment });
}

/** As `saveVersion`. */
export async function saveMoment(
  wanted: Omit<Moment, 'version'>,
  check: (stored: Moment | undefined) => void,
  audited: Audited,
): Promise<{ moment: Moment; isNew: boolean }> {
  const read = () => getMoment(wanted.slug);
  const { document, isNew } = await saveVersion('moment', wanted, read, check, audited);
  return { moment: document, isNew };
}

function toMoment(item: Record<string, unknown>): Moment {
  return Moment.parse(withoutKeys(item));
}
