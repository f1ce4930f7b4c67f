import { GetItemCommand, TransactGetItemsCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, isOvertaken, queryAll, toItem, withoutKeys } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { keptFor } from '../../shared/kernel/kept-for.ts';
import { Campaign } from './campaign.ts';
import { Partnership } from './partnership.ts';

/**
 * Keys: `partners#<campaign>` / organisation; and, so that an organisation finds its own, `partnerships#<organisation>` /
 * campaign, which says no more than that there is one.
 */
const table = /* @__PURE__ */ setting('CAMPAIGNS_TABLE');

/** Names of both. */
export interface Names {
  campaign: string;
  organisation: string;
}

/** As it is now; undefined where none is stored. */
export async function getPartnership(names: Names): Promise<Partnership | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem(keyOf(names)), ConsistentRead: true }),
  );
  return Item && toPartnership(fromItem(Item));
}

/**
 * A campaign and a partnership in it as both are at one moment: read one after the other, a change of both that comes
 * between would look like half of it. @throws Problem `try-again-later` when they are being changed each time.
 */
export function getTogether(names: Names): Promise<{ campaign?: Campaign; stored?: Partnership }> {
  const keys = [{ pk: 'campaign', sk: names.campaign }, keyOf(names)];
  const TransactItems = keys.map((key) => ({ Get: { TableName: table, Key: toItem(key) } }));
  return untilSaved(async () => {
    const items = await readAll(new TransactGetItemsCommand({ TransactItems }));
    if (!items) return undefined;
    const [campaign, stored] = items;
    return {
      ...(campaign && { campaign: Campaign.parse(withoutKeys(campaign)) }),
      ...(stored && { stored: toPartnership(stored) }),
    };
  }, 'Too many people are changing this partnership at once; try again.');
}

/** Undefined when somebody writes one of them just now. */
async function readAll(
  transaction: TransactGetItemsCommand,
): Promise<(Record<string, unknown> | undefined)[] | undefined> {
  try {
    const { Responses = [] } = await dynamo.send(transaction);
    return Responses.map(({ Item }) => Item && fromItem(Item));
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return undefined;
  }
}

/** A partnership as it was at most 30 s ago. */
export function findPartnership({ campaign, organisation }: Names, now: number) {
  return find(`${campaign} ${organisation}`, now);
}

const find = /* @__PURE__ */ keptFor(30_000, (key) => {
  const [campaign = '', organisation = ''] = key.split(' ');
  return getPartnership({ campaign, organisation });
});

/** All that are stored of a campaign. */
export async function listPartnerships(campaign: string): Promise<Partnership[]> {
  return (await listAt(`partners#${campaign}`)).map(toPartnership);
}

/** Slugs of the campaigns in which one of an organisation is stored. */
export async function listPartneredCampaigns(organisation: string): Promise<string[]> {
  return (await listAt(`partnerships#${organisation}`)).map(({ sk }) => String(sk));
}

/** The parts of a transaction that put one in the place of that of a version; 0 where none is stored. */
export function toWrites(partnership: Partnership, seen: number): TransactWriteItem[] {
  const { campaign, organisation } = partnership;
  const isSeen =
    seen === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'version = :seen',
          ExpressionAttributeValues: toItem({ ':seen': seen }),
        };
  const Item = toItem({ ...keyOf(partnership), ...partnership });
  const lookup = toItem({ pk: `partnerships#${organisation}`, sk: campaign });
  return [{ Put: { TableName: table, Item, ...isSeen } }, { Put: { TableName: table, Item: lookup } }];
}

function keyOf({ campaign, organisation }: Names) {
  return { pk: `partners#${campaign}`, sk: organisation };
}

function listAt(pk: string): Promise<Record<string, unknown>[]> {
  return queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': pk }),
    ConsistentRead: true,
  });
}

function toPartnership(item: Record<string, unknown>): Partnership {
  return Partnership.parse(withoutKeys(item));
}
