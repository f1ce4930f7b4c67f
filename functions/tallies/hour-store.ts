import { queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import type { Counters } from './tally.ts';
import { toCounters } from './tally-store.ts';

const table = /* @__PURE__ */ setting('TALLIES_TABLE');

/** What changed in a campaign's counts within one UTC hour: `2026-10-10T09`. */
export interface Hour {
  hour: string;
  counters: Counters;
}

/** The hours in which something changed, in order; from the first to the last given, both included. */
export async function listHours(
  campaign: string,
  { from = '', to = '~', consistent = false }: { from?: string; to?: string; consistent?: boolean } = {},
): Promise<Hour[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :campaign AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: toItem({
      ':campaign': campaign,
      ':from': `hour#${from}`,
      ':to': `hour#${to}`,
    }),
    ConsistentRead: consistent,
  });
  return items.map(({ pk: _pk, sk, ...counters }) => ({
    hour: String(sk).slice('hour#'.length),
    counters: toCounters(counters),
  }));
}
