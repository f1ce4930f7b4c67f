import { createHash } from 'node:crypto';
import { GetItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, toItem } from '../aws/dynamo.ts';
import { setting } from '../aws/env.ts';
import type { HttpAnswer, HttpRequest } from '../http/http-handler.ts';
import type { Problem } from '../kernel/problem.ts';
import { invalidFields } from '../kernel/validate.ts';

/** Beside the log: `request:<hash of who, what and key>` / `-`, gone after a day. */
const table = /* @__PURE__ */ setting('AUDIT_TABLE');
const day = 24 * 60 * 60 * 1_000;

interface Remembered {
  /** Hash of the body. */
  body: string;
  answer: HttpAnswer;
  /** Seconds since the epoch. */
  expires: number;
}

/** Makes of an answer the part of a transaction that remembers it; nothing where no key was given. */
export type Remember = (answer: HttpAnswer) => TransactWriteItem[];

/**
 * Creates something once however often it is asked for under one `Idempotency-Key`, for 24 hours: the answer to the first
 * request is given again. `create` puts what `remember` makes of its answer into the transaction that creates.
 * @throws Problem `invalid-fields` when the key came with another body, or is none.
 */
export async function createOnce(
  request: Pick<HttpRequest, 'headers' | 'rawPath' | 'claims' | 'body' | 'now'>,
  create: (remember: Remember) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return create(() => []);
  if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw wrongKey('Give 1 to 200 visible characters of ASCII.');
  const thing = `request:${hash([request.claims['sub'], request.rawPath, key])}`;
  const body = hash(request.body);
  const known = await find(thing, body, request.now);
  if (known) return known;
  try {
    return await create((answer) => [toPut(thing, { body, answer, expires: expiry(request.now) })]);
  } catch (error) {
    // The same request may have come twice at once: then the other one's answer is there by now.
    const made = await find(thing, body, request.now);
    if (made) return made;
    throw error;
  }
}

async function find(thing: string, body: string, now: number): Promise<HttpAnswer | undefined> {
  const Key = toItem({ thing, entry: '-' });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  if (!Item) return undefined;
  const known = fromItem(Item) as unknown as Remembered;
  if (known.expires * 1_000 <= now) return undefined;
  if (known.body !== body) throw wrongKey('Something else was asked for under this key; take another one.');
  return known.answer;
}

function toPut(thing: string, remembered: Remembered): TransactWriteItem {
  return {
    Put: {
      TableName: table,
      Item: toItem({ thing, entry: '-', ...remembered }),
      // What TTL has not removed yet may be there.
      ConditionExpression: 'attribute_not_exists(thing) OR expires <= :now',
      ExpressionAttributeValues: toItem({ ':now': remembered.expires - day / 1_000 }),
    },
  };
}

function expiry(now: number): number {
  return Math.floor((now + day) / 1_000);
}

function hash(what: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(what) ?? '')
    .digest('base64url');
}

function wrongKey(message: string): Problem {
  return invalidFields([{ pointer: '', code: 'idempotency-key', message: `Idempotency-Key: ${message}` }]);
}
