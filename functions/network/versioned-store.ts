import { isDeepStrictEqual } from 'node:util';
import { TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { isDone, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';

const table = /* @__PURE__ */ setting('NETWORK_TABLE');

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
 * Creates a document, or puts it in the place of the one that is there, and tells the log of it, in one transaction on the
 * version that was read. The same again writes nothing.
 * @param check refuses when the one that is there by now is not the one that the author has seen.
 */
export async function saveVersion<D extends Versioned>(
  pk: 'moment' | 'organisation',
  wanted: Omit<D, 'version'> & { slug: string },
  read: () => Promise<D | undefined>,
  check: (stored: D | undefined) => void,
  audited: Audited,
): Promise<Saved<D>> {
  return untilSaved(async (): Promise<Saved<D> | undefined> => {
    const stored = await read();
    if (stored && isDeepStrictEqual(saidBy(stored), saidBy(wanted)))
      return { document: stored, isNew: false };
    check(stored);
    const document = { ...wanted, version: (stored?.version ?? 0) + 1 } as D;
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

/** Without what is counted here, and when it was, which the log says itself. */
function saidBy(document: object): object {
  const { version: _, changedAt: __, ...said } = { version: 0, changedAt: '', ...document };
  return said;
}
