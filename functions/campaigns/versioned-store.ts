import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { isDone, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';

const table = /* @__PURE__ */ setting('CAMPAIGNS_TABLE');

/** What is stored under `<pk>` / slug and counts its changes. */
interface Versioned {
  slug: string;
  version: number;
}
interface Saved<D> {
  document: D;
  isNew: boolean;
}

/**
 * Changes a document, and tells the log of it, in one transaction on the version that was read.
 * @param change what becomes of the document that is there, if one is; the same document again writes nothing.
 */
export async function saveVersion<D extends Versioned>(
  pk: 'moment' | 'organisation',
  read: () => Promise<D | undefined>,
  change: (stored: D | undefined) => D,
  audited: Audited,
): Promise<Saved<D>> {
  return untilSaved(async (): Promise<Saved<D> | undefined> => {
    const stored = await read();
    const changed = change(stored);
    if (changed === stored) return { document: stored, isNew: false };
    const document = { ...changed, version: (stored?.version ?? 0) + 1 };
    const entry = audited(stored ? saidBy(stored) : {}, saidBy(document));
    const put = { Put: { TableName: table, ...toPut(pk, document, stored?.version) } };
    const isSaved = await isDone(new TransactWriteItemsCommand({ TransactItems: [put, ...entry] }));
    return isSaved ? { document, isNew: stored === undefined } : undefined;
  }, 'Too many people are changing this at once; try again.');
}

/** What was seeded before versions were counted has none, which is 0. */
function toPut(pk: string, document: Versioned, seen: number | undefined) {
  const Item = toItem({ pk, sk: document.slug, ...document });
  if (seen === undefined) return { Item, ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    Item,
    ConditionExpression: seen > 0 ? 'version = :seen' : 'attribute_not_exists(version) OR version = :seen',
    ExpressionAttributeValues: toItem({ ':seen': seen }),
  };
}

/** The log says itself when it was. */
function saidBy(document: Versioned): object {
  const { version: _, changedAt: __, ...said } = { changedAt: undefined, ...document };
  return said;
}
