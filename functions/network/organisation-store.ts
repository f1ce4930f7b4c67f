import {
  type AttributeValue,
  GetItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { dynamo, fromItem, isDone, putNew, toItem, withoutKeys } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Organisation } from './organisation.ts';
import { saveVersion } from './versioned-store.ts';

/** Keys: `organisation` / slug. */
const table = /* @__PURE__ */ setting('NETWORK_TABLE');

/** As it is stored; a change of the last second may be missing. */
export function getOrganisation(slug: string): Promise<Organisation | undefined> {
  return readOrganisation(slug, { ConsistentRead: false });
}

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
  const organisations = Items.map(toOrganisation);
  return { organisations, cursor: (LastEvaluatedKey && organisations.at(-1)?.slug) ?? null };
}

/** Adds an organisation together with what tells of it; false when there is one of this slug. */
export function createOrganisation(organisation: Organisation, also: TransactWriteItem[]): Promise<boolean> {
  const Put = {
    TableName: table,
    Item: toItem(itemOf(organisation)),
    ConditionExpression: 'attribute_not_exists(pk)',
  };
  return isDone(new TransactWriteItemsCommand({ TransactItems: [{ Put }, ...also] }));
}

/** Puts an organisation that is not there yet; false when it is, and then nothing is changed. */
export function addOrganisation(organisation: Organisation): Promise<boolean> {
  return putNew(table, itemOf(organisation));
}

/** As `saveVersion`. */
export async function saveOrganisation(
  wanted: Omit<Organisation, 'version'>,
  check: (stored: Organisation | undefined) => void,
  audited: Audited,
): Promise<Organisation> {
  const read = () => readVersion(wanted.slug);
  const { document } = await saveVersion<Versioned>('organisation', wanted, read, check, audited);
  return document;
}

type Versioned = Organisation & { version: number };

async function readVersion(slug: string): Promise<Versioned | undefined> {
  const stored = await readOrganisation(slug, { ConsistentRead: true });
  return stored && { version: 0, ...stored };
}

async function readOrganisation(
  slug: string,
  how: { ConsistentRead: boolean },
): Promise<Organisation | undefined> {
  const Key = toItem({ pk: 'organisation', sk: slug });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ...how }));
  return Item && toOrganisation(Item);
}

function itemOf(organisation: Organisation) {
  return { pk: 'organisation', sk: organisation.slug, ...organisation };
}

function toOrganisation(item: Record<string, AttributeValue>): Organisation {
  return Organisation.parse(withoutKeys(fromItem(item)));
}
