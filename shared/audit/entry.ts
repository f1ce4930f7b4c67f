import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { PutItemCommand, type TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { dynamo, toItem } from '../aws/dynamo.ts';
import { setting } from '../aws/env.ts';
import type { Author, Changes } from './audit-schema.ts';

/** Keys: what was changed (`campaign:<slug>`, `organisation:<slug>`, `network`) / time and random characters, so that it reads in order. */
const table = /* @__PURE__ */ setting('AUDIT_TABLE');

export type AuditedThing = `campaign:${string}` | `organisation:${string}` | 'network';

/** What a campaigner did. `verb` is a name in the table of permissions (functions/members/member.ts). */
export interface Entry {
  thing: AuditedThing;
  verb: string;
  by: Author;
  changes: Changes;
  reason?: string | undefined;
}

/**
 * The entry as a part of the transaction that makes the change, so that there is no change without it, and none that was
 * not made. An entry is never changed.
 */
export function auditPut(entry: Entry, now: number): TransactWriteItem {
  return { Put: toPut(entry, now) };
}

/** Makes the entry of a change once it is known what there was before. */
export type Audited = (before: object, after: object) => TransactWriteItem[];

/** For stores that find out what there was: the entry says by whom, and they say what. */
export function audited(entry: Omit<Entry, 'changes'>, now: number): Audited {
  return (before, after) => [auditPut({ ...entry, changes: changesBetween(before, after) }, now)];
}

/**
 * Writes what somebody asks for that is no single write, before it is begun: there may be an entry of what then failed,
 * and never a change without one.
 */
export async function writeEntry(entry: Entry, now: number): Promise<void> {
  await dynamo.send(new PutItemCommand(toPut(entry, now)));
}

function toPut({ thing, ...said }: Entry, now: number) {
  const at = new Date(now).toISOString();
  return {
    TableName: table,
    Item: toItem({ thing, entry: `${at}~${randomUUID().slice(0, 8)}`, at, ...said }),
    ConditionExpression: 'attribute_not_exists(thing)',
  };
}

/** What differs between two states of a thing, field by field. */
export function changesBetween(before: object, after: object): Changes {
  const [old, young] = [before, after] as Record<string, unknown>[];
  const names = Object.keys({ ...old, ...young }).filter(
    (name) => !isDeepStrictEqual(old?.[name], young?.[name]),
  );
  return Object.fromEntries(names.map((name) => [name, { before: old?.[name], after: young?.[name] }]));
}
