import type { Properties } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { callEngine } from './engine-client.ts';

/** How often expired items are looked for, ms. DynamoDB itself takes up to days. */
const INTERVAL = 300_000;

/**
 * Deletes what has expired by a table's TTL attribute, which dynoxide keeps but does not act on. Unlike DynamoDB's, these
 * removals do not name the service in their stream records. Returns what stops it.
 */
export function startExpiry(
  template: Template,
  url: string,
  onChange: () => void,
  onError: (error: unknown) => void,
): () => void {
  const tables = template.ofType('AWS::DynamoDB::Table');
  const expiring = tables.filter(([, properties]) => properties['TimeToLiveSpecification']?.Enabled);
  const sweep = async () => {
    for (const [id, properties] of expiring) await expire(url, template.nameOf(id), properties);
    onChange();
  };
  const timer = setInterval(() => sweep().catch(onError), INTERVAL).unref();
  return () => clearInterval(timer);
}

/** Deletes the expired items of one table, as `now` has it in seconds since 1970. */
export async function expire(
  url: string,
  TableName: string,
  properties: Properties,
  now = Math.floor(Date.now() / 1000),
): Promise<void> {
  const call = (action: string, body: object) => callEngine(url, `DynamoDB_20120810.${action}`, body);
  const expired = {
    TableName,
    ExpressionAttributeNames: { '#ttl': properties['TimeToLiveSpecification'].AttributeName },
    ExpressionAttributeValues: { ':now': { N: String(now) } },
  };
  const keys: string[] = properties['KeySchema'].map((key: Properties) => key['AttributeName']);
  let ExclusiveStartKey: unknown;
  do {
    const page = await call('Scan', { ...expired, FilterExpression: '#ttl < :now', ExclusiveStartKey });
    for (const item of page.Items) {
      const Key = Object.fromEntries(keys.map((key) => [key, item[key]]));
      // Between scan and deletion the item may have been given more time.
      await call('DeleteItem', { ...expired, Key, ConditionExpression: '#ttl < :now' }).catch((error) => {
        if (error.name !== 'ConditionalCheckFailedException') throw error;
      });
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
}
