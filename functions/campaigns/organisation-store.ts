import { isDeepStrictEqual } from 'node:util';
import {
  GetItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { dynamo, fromItem, isDone, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { keptFor } from '../../shared/kernel/kept-for.ts';
import { Organisation } from './campaign.ts';
import { getOrganisation } from './campaign-store.ts';
import { saveVersion } from './versioned-store.ts';

/** Keys: `organisation` / slug. */
const table = /* @__PURE__ */ setting('CAMPAIGNS_TABLE');

/** An organisation as it was at most 60 s ago: for its name. */
export const findOrganisation = /* @__PURE__ */ keptFor(60_000, getOrganisation);

/** So many organisations after a slug, by slug, and the slug to go on after; null at the end. */
export async function listOrganisations(
  after: string | undefined,
  limit: number,
): Promise<{ organisations: Organisation[]; cursor: string | null }> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: after ? 'pk = :pk AND sk > :after' : 'pk = :pk',
      ExpressionAttributeValues: toItem({ ':pk': 'organisation', ':after': after }),
      Limit: limit,
    }),
  );
  const organisations = Items.map((item) => toOrganisation(fromItem(item)));
  return { organisations, cursor: (LastEvaluatedKey && organisations.at(-1)?.slug) ?? null };
}

/** Adds an organisation together with what tells of it; false when there is one of this slug. */
export function createOrganisation(organisation: Organisation, also: TransactWriteItem[]): Promise<boolean> {
  const Put = {
    TableName: table,
    Item: toItem({ pk: 'organisation', sk: organisation.slug, ...organisation }),
    ConditionExpression: 'attribute_not_exists(pk)',
  };
  return isDone(new TransactWriteItemsCommand({ TransactItems: [{ Put }, ...also] }));
}

/**
 * Puts an organisation in the place of the one that is there. The same again writes nothing.
 * @param check refuses when there is none, or not the one that the author has seen.
 */
export async function saveOrganisation(
  wanted: Omit<Organisation, 'version'>,
  check: (stored: Organisation | undefined) => void,
  audited: Audited,
): Promise<Organisation> {
  const change = (stored: Versioned | undefined): Versioned => {
    const version = stored?.version ?? 0;
    if (stored && isDeepStrictEqual(stored, { ...wanted, version })) return stored;
    check(stored);
    return { ...wanted, version };
  };
  const { document } = await saveVersion('organisation', () => readVersion(wanted.slug), change, audited);
  return document;
}

type Versioned = Organisation & { version: number };

async function readVersion(slug: string): Promise<Versioned | undefined> {
  const Key = toItem({ pk: 'organisation', sk: slug });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && { version: 0, ...toOrganisation(fromItem(Item)) };
}

function toOrganisation({ pk: _pk, sk: _sk, ...item }: Record<string, unknown>): Organisation {
  return Organisation.parse(item);
}
