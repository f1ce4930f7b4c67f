import { GetItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, isDone, putNew, queryAll, toItem, withoutKeys } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Campaign } from './campaign.ts';

/**
 * Keys: `campaign` / slug. All campaigns lie in one partition, so that listing them is one query;
 * functions read them through a cache, so that it is never a hot one.
 */
const table = /* @__PURE__ */ setting('CAMPAIGNS_TABLE');

/** As it is stored now. */
export async function getStoredCampaign(slug: string): Promise<Campaign | undefined> {
  const Key = toItem({ pk: 'campaign', sk: slug });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && Campaign.parse(withoutKeys(unmarshall(Item)));
}

export async function listCampaigns(): Promise<Campaign[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': 'campaign' }),
  });
  return items.map((item) => Campaign.parse(withoutKeys(item)));
}

/** Those of an organisation, by slug; drafts and archived ones, too. */
export async function listOwned(owner: string, after = ' '): Promise<Campaign[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk AND sk > :after',
    FilterExpression: '#owner = :owner',
    ExpressionAttributeNames: { '#owner': 'owner' },
    ExpressionAttributeValues: toItem({ ':pk': 'campaign', ':after': after, ':owner': owner }),
  });
  return items.map((item) => Campaign.parse(withoutKeys(item)));
}

/** Puts a new campaign, and what else is to be written with it; false when its slug is taken. */
export function putNewCampaign(campaign: Campaign, others: TransactWriteItem[]): Promise<boolean> {
  const Put = { ...putOf(campaign), ConditionExpression: 'attribute_not_exists(pk)' };
  return writeAll([{ Put }, ...others]);
}

/**
 * The part of a transaction that puts a campaign in the place of the one that was read, and holds only while that is there.
 * @param seen the version that was read; 0 also where there is none, of which there are older ones.
 */
export function toReplacement(campaign: Campaign, seen: number): TransactWriteItem {
  const none = seen === 0 ? ' OR (attribute_exists(pk) AND attribute_not_exists(version))' : '';
  return {
    Put: {
      ...putOf(campaign),
      ConditionExpression: `version = :seen${none}`,
      ExpressionAttributeValues: toItem({ ':seen': seen }),
    },
  };
}

/** Makes all of it; false when a part of it does not hold. */
export function writeAll(items: TransactWriteItem[]): Promise<boolean> {
  return isDone(new TransactWriteItemsCommand({ TransactItems: items }));
}

function putOf(campaign: Campaign) {
  return { TableName: table, Item: toItem(itemOf(campaign)) };
}

/** Puts a campaign that is not there yet; false when it is, and then nothing is changed. */
export function addCampaign(campaign: Campaign): Promise<boolean> {
  return putNew(table, itemOf(campaign));
}

function itemOf(campaign: Campaign) {
  return { pk: 'campaign', sk: campaign.slug, ...campaign };
}
