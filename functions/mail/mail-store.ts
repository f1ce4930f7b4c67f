import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { MailRecord, newRecord } from './mail-record.ts';

/** Key: `address`, the keyed hash. */
const table = /* @__PURE__ */ setting('MAIL_TABLE');
const lifetime = 90 * 24 * 60 * 60;

export async function getRecord(address: string): Promise<MailRecord> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem({ address }), ConsistentRead: true }),
  );
  return Item ? MailRecord.parse(unmarshall(Item)) : newRecord(address);
}

/** Puts the successor of a record; throws when somebody else was faster, and the event is then tried again. */
export async function putRecord(record: MailRecord, now: number): Promise<void> {
  await dynamo.send(
    new PutItemCommand({
      TableName: table,
      Item: toItem({ ...record, expires: Math.floor(now / 1_000) + lifetime }),
      ConditionExpression: 'attribute_not_exists(address) OR version = :before',
      ExpressionAttributeValues: toItem({ ':before': record.version - 1 }),
    }),
  );
}

/** No more mail to this address. A suppression is kept for good. */
export async function suppress(
  address: string,
  suppressed: 'bounce' | 'complaint',
  now: number,
): Promise<void> {
  await dynamo.send(
    new UpdateItemCommand({
      TableName: table,
      Key: toItem({ address }),
      UpdateExpression:
        'SET suppressed = :suppressed, version = if_not_exists(version, :now) + :one, mails = if_not_exists(mails, :none) REMOVE expires',
      ExpressionAttributeValues: toItem({ ':suppressed': suppressed, ':now': now, ':one': 1, ':none': [] }),
    }),
  );
}
