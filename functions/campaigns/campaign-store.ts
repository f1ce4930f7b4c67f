import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, isRefused, queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Campaign, Organisation } from './campaign.ts';

/**
 * Keys: `campaign` / slug, `organisation` / slug. All campaigns lie in one partition, so that listing them is one query;
 * functions read them through a cache, so that it is never a hot one.
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
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: toItem({ ':pk': 'campaign' }),
  });
  return items.map((item) => Campaign.parse(withoutKeys(item)));
}

/** Puts a campaign that is not there yet; false when it is, and then nothing is changed. */
export async function addCampaign(campaign: Campaign): Promise<boolean> {
  return putNew('campaign', campaign.slug, campaign);
}

export async function addOrganisation(organisation: Organisation): Promise<boolean> {
  return putNew('organisation', organisation.slug, organisation);
}

async function getItem(pk: string, sk: string): Promise<Record<string, unknown> | undefined> {
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key: toItem({ pk, sk }) }));
  return Item && withoutKeys(unmarshall(Item));
}

async function putNew(pk: string, sk: string, item: object): Promise<boolean> {
  try {
    await dynamo.send(
      new PutItemCommand({
        TableName: table,
        Item: toItem({ pk, sk, ...item }),
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}

function withoutKeys({ pk: _pk, sk: _sk, ...item }: Record<string, unknown>): Record<string, unknown> {
  return item;
}
