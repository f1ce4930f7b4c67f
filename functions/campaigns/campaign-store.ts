import {
  BatchWriteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Campaign, Organisation, Target } from './campaign.ts';

/**
 * Keys: `campaign` / slug, `organisation` / slug, `targets#<campaign>` / id. All campaigns lie in one partition, so
 * that listing them is one query; functions read them through a cache, so that it is never a hot one.
 */
const table = /* @__PURE__ */ setting('CAMPAIGNS_TABLE');

export async function getCampaign(slug: string): Promise<Campaign | undefined> {
  const item = await getItem('campaign', slug);
  return item && Campaign.parse(item);
}

export async function getOrganisation(slug: string): Promise<Organisation | undefined> {
  const item = await getItem('organisation', slug);
  return item && Organisation.parse(item);
}

export async function listCampaigns(): Promise<Campaign[]> {
  return (await queryAll('campaign')).map((item) => Campaign.parse(item));
}

export async function listTargets(campaign: string): Promise<Target[]> {
  return (await queryAll(`targets#${campaign}`)).map((item) => Target.parse(item));
}

/** Puts a campaign that is not there yet; false when it is, and then nothing is changed. */
export async function addCampaign(campaign: Campaign): Promise<boolean> {
  return putNew('campaign', campaign.slug, campaign);
}

export async function addOrganisation(organisation: Organisation): Promise<boolean> {
  return putNew('organisation', organisation.slug, organisation);
}

export async function putTargets(targets: Target[]): Promise<void> {
  for (let at = 0; at < targets.length; at += 25) {
    const page = targets.slice(at, at + 25).map((target) => ({
      PutRequest: {
        Item: marshall(
          { pk: `targets#${target.campaign}`, sk: target.id, ...target },
          { removeUndefinedValues: true },
        ),
      },
    }));
    const { UnprocessedItems } = await dynamo.send(
      new BatchWriteItemCommand({ RequestItems: { [table]: page } }),
    );
    if (UnprocessedItems?.[table]?.length)
      throw new Error('The table took only some of the targets; import them again.');
  }
}

async function getItem(pk: string, sk: string): Promise<Record<string, unknown> | undefined> {
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key: marshall({ pk, sk }) }));
  return Item && withoutKeys(unmarshall(Item));
}

async function queryAll(pk: string): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: Record<string, never> | undefined;
  do {
    const page = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: marshall({ ':pk': pk }),
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    items.push(...(page.Items ?? []).map((item) => withoutKeys(unmarshall(item))));
    start = page.LastEvaluatedKey as Record<string, never> | undefined;
  } while (start);
  return items;
}

async function putNew(pk: string, sk: string, item: object): Promise<boolean> {
  try {
    await dynamo.send(
      new PutItemCommand({
        TableName: table,
        Item: marshall({ pk, sk, ...item }, { removeUndefinedValues: true }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return true;
  } catch (error) {
    if ((error as Error).name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

function withoutKeys({ pk: _pk, sk: _sk, ...item }: Record<string, unknown>): Record<string, unknown> {
  return item;
}
