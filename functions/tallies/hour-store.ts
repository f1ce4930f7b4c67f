import { queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import type { Counters } from './tally.ts';
import { hourKey, toCounters } from './tally-store.ts';

const table = /* @__PURE__ */ setting('TALLIES_TABLE');

/** What changed in a campaign's counts within one UTC hour: `2026-10-10T09`. */
export interface Hour {
  hour: string;
  counters: Counters;
}

interface HoursWanted {
  from?: string;
  to?: string;
  consistent?: boolean;
  /** Names of the counters that are wanted, when not all are: what is read costs the same, but comes sooner. */
  only?: string[];
}

/** The hours in which something changed, in order; from the first to the last given, both included. */
export async function listHours(
  campaign: string,
  { from = '', to = '~', consistent = false, only }: HoursWanted = {},
): Promise<Hour[]> {
  const [first, last] = [hourKey(campaign, from), hourKey(campaign, to)];
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'pk = :hours AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: toItem({ ':hours': first.pk, ':from': first.sk, ':to': last.sk }),
    ConsistentRead: consistent,
    ...(only && toProjection(only)),
  });
  return items.map(toHour);
}

/** A stored item as an hour. */
export function toHour({ pk: _pk, sk, ...counters }: Record<string, unknown>): Hour {
  return { hour: String(sk).slice('hour#'.length), counters: toCounters(counters) };
}

function toProjection(counters: string[]) {
  return {
    ProjectionExpression: ['sk', ...counters.map((_, at) => `#c${at}`)].join(', '),
    ExpressionAttributeNames: Object.fromEntries(counters.map((name, at) => [`#c${at}`, name])),
  };
}
