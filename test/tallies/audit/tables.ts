import { marshall } from '@aws-sdk/util-dynamodb';
import type { StreamReader, StreamRecord } from '../../../infra/local/engines/table-stream.ts';
import { aCampaign } from '../../support/a-campaign.ts';
import type { Database } from '../../support/a-database.ts';
import { campaigns, milestones, roots, type Slugs } from './history.ts';

export async function createTables(database: Database): Promise<void> {
  await database.createTable('Actions', ['pk', 'sk'], { stream: true });
  await database.createTable('Tallies', ['pk', 'sk']);
  await database.createTable('Campaigns', ['pk', 'sk']);
}

export async function putCampaigns(database: Database, slugs: Slugs): Promise<void> {
  const items = campaigns.map((name) => {
    const chapter = name.startsWith('chapter') && { partOf: slugs.world };
    const campaign = aCampaign({ slug: slugs[name], milestones, ...chapter });
    return { PutRequest: { Item: marshall({ pk: 'campaign', sk: slugs[name], ...campaign }) } };
  });
  await database.call('BatchWriteItem', { RequestItems: { Campaigns: items } });
}

/** All that is new in a stream. */
export async function readOn(stream: StreamReader): Promise<StreamRecord[]> {
  const records: StreamRecord[] = [];
  for (let page = await stream.read(1_000); page.length > 0; page = await stream.read(1_000)) {
    records.push(...page);
    stream.checkpoint(page.at(-1));
  }
  return records;
}

/** Keys begin with a campaign's slug, and that with the play's name. */
export function byPlay(records: StreamRecord[]): Map<string, StreamRecord[]> {
  return Map.groupBy(records, ({ dynamodb }) => {
    const { pk } = dynamodb.Keys as { pk: { S: string } };
    return pk.S.split('-')[0] ?? '';
  });
}

const isAction = { FilterExpression: 'attribute_exists(version)' };

/** All rows of a history: those of its roots' first partitions. */
export async function rowsOf(database: Database, slugs: Slugs) {
  const partitions = roots.flatMap((root) =>
    ['signature', 'pledge', 'endorsement'].map((kind) => `${slugs[root]}#${kind}#00`),
  );
  const pages = await Promise.all(
    partitions.map((pk) =>
      database.call('Query', {
        TableName: 'Actions',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ConsistentRead: true,
      }),
    ),
  );
  return pages.flatMap(({ Items }) => Items);
}

/** Of actions: where a verified organisation stands in a list, there is a row that counts for nothing. */
export async function countRows(database: Database): Promise<number> {
  let count = 0;
  let start: unknown;
  do {
    const from = start === undefined ? {} : { ExclusiveStartKey: start };
    const page = await database.call('Scan', { TableName: 'Actions', Select: 'COUNT', ...isAction, ...from });
    count += page.Count;
    start = page.LastEvaluatedKey;
  } while (start);
  return count;
}
