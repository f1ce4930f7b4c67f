import {
  type AttributeValue,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';

/** Timeouts well inside the functions' own, so that a database that hangs becomes an answer, not a cut connection. */
export const dynamo = /* @__PURE__ */ aClient();

function aClient(): DynamoDBClient {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_500, throwOnRequestTimeout: true },
  });
  // The SDK prepares a log line of each call for a logger that we do not give it.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** Plain data in the database's types; what is undefined is left out. */
export function toItem(data: Record<string, unknown>): Record<string, AttributeValue> {
  return marshall(data, { removeUndefinedValues: true });
}

/** An item as plain data; an integer beyond 2^53 is a bigint, so that none is rounded. */
export function fromItem(item: Record<string, AttributeValue>): Record<string, unknown> {
  return unmarshall(item, { wrapNumbers: (text) => (isExact(text) ? Number(text) : BigInt(text)) });
}

function isExact(text: string): boolean {
  return !/^-?\d+$/.test(text) || Number.isSafeInteger(Number(text));
}

/** What is stored under the keys `pk` and `sk`. */
export function withoutKeys({ pk: _pk, sk: _sk, ...data }: Record<string, unknown>): Record<string, unknown> {
  return data;
}

/** Puts an item under keys `pk` and `sk` where there is none yet; false when there is, and then nothing is changed. */
export async function putNew(table: string, item: { pk: string; sk: string }): Promise<boolean> {
  const [Item, ConditionExpression] = [toItem({ ...item }), 'attribute_not_exists(pk)'];
  try {
    await dynamo.send(new PutItemCommand({ TableName: table, Item, ConditionExpression }));
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}

/** All items of a query, page by page. */
export async function queryAll(query: QueryCommandInput): Promise<Record<string, unknown>[]> {
  const items: Record<string, unknown>[] = [];
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await dynamo.send(
      new QueryCommand({ ...query, ...(start && { ExclusiveStartKey: start }) }),
    );
    items.push(...(page.Items ?? []).map(fromItem));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
}

/** Makes a transaction; false when one of its conditions does not hold, or somebody else writes one of its items just now. */
export async function isDone(transaction: TransactWriteItemsCommand): Promise<boolean> {
  try {
    await dynamo.send(transaction);
    return true;
  } catch (error) {
    if (!isOvertaken(error)) throw error;
    return false;
  }
}

/** Whether a transaction was refused by one of its conditions, or by somebody who writes one of its items just now. */
export function isOvertaken(error: unknown): boolean {
  const { name, CancellationReasons = [] } = error as {
    name: string;
    CancellationReasons?: Array<{ Code?: string }>;
  };
  if (name !== 'TransactionCanceledException') return false;
  return CancellationReasons.some(({ Code = '' }) => /ConditionalCheckFailed|Conflict/.test(Code));
}

/** Whether a write was refused by its own condition: an outcome, not a failure. `Item` is there if it was asked for. */
export function isRefused(error: unknown): error is { Item?: Record<string, AttributeValue> } {
  return (error as Error).name === 'ConditionalCheckFailedException';
}
