import { QueryCommand } from '@aws-sdk/client-dynamodb';
import type { AuditedThing } from '../../shared/audit/entry.ts';
import { dynamo, fromItem, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { LogEntry, type LogPage, type LogQuery } from './log-query.ts';

/** Keys: what was changed / time and random characters. */
const table = /* @__PURE__ */ setting('AUDIT_TABLE');

/** A page of what was changed of a thing, newest first. With a verb, a page may be shorter than asked for. */
export async function readLog(thing: AuditedThing, { verb, cursor, limit }: LogQuery): Promise<LogPage> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: cursor ? 'thing = :thing AND #entry < :cursor' : 'thing = :thing',
      ...(cursor && { ExpressionAttributeNames: { '#entry': 'entry' } }),
      ...(verb && { FilterExpression: 'verb = :verb' }),
      ExpressionAttributeValues: toItem({ ':thing': thing, ':cursor': cursor, ':verb': verb }),
      ScanIndexForward: false,
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const last = LastEvaluatedKey && fromItem(LastEvaluatedKey)['entry'];
  return {
    entries: Items.map((item) => toEntry(fromItem(item))),
    cursor: typeof last === 'string' ? last : null,
  };
}

function toEntry({ at, verb, by, changes, reason }: Record<string, unknown>): LogEntry {
  return LogEntry.parse({ at, verb, by, changes, ...(reason !== undefined && { reason }) });
}
