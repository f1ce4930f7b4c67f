import { isDeepStrictEqual } from 'node:util';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { dynamo, fromItem, isRefused, queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Moment } from './moment.ts';
import { saveVersion } from './versioned-store.ts';

/** Keys: `moment` / slug. */
const table = /* @__PURE__ */ setting('CAMPAIGNS_TABLE');

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
export async function addMoment(moment: Moment): Promise<boolean> {
  const Item = toItem({ pk: 'moment', sk: moment.slug, ...moment });
  const ConditionExpression = 'attribute_not_exists(pk)';
  try {
    await dynamo.send(new PutItemCommand({ TableName: table, Item, ConditionExpression }));
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}

/**
 * Creates a moment, or puts it in the place of the one that is there. The same again writes nothing.
 * @param check refuses when the one that is there by now is not the one that the author has seen.
 */
export async function saveMoment(
  wanted: Omit<Moment, 'version'>,
  check: (stored: Moment | undefined) => void,
  audited: Audited,
): Promise<{ moment: Moment; isNew: boolean }> {
  const change = (stored: Moment | undefined): Moment => {
    const version = stored?.version ?? 0;
    const same = stored && { ...wanted, changedAt: stored.changedAt, version };
    if (stored && isDeepStrictEqual(stored, same)) return stored;
    check(stored);
    return { ...wanted, version };
  };
  const { document, isNew } = await saveVersion('moment', () => getMoment(wanted.slug), change, audited);
  return { moment: document, isNew };
}

function toMoment({ pk: _pk, sk: _sk, ...item }: Record<string, unknown>): Moment {
  return Moment.parse(item);
}
