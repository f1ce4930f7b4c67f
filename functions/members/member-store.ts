import {
  GetItemCommand,
  QueryCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, isDone, queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Invitation } from './invitation.ts';
import { Member } from './member.ts';
import type { PageQuery } from './member-request.ts';
import type { Roster, RosterChange } from './roster.ts';

/** Keys: organisation / `member#<id>`, `invitation#<id>`, `roster`. The index has members by their `email`. */
const table = /* @__PURE__ */ setting('MEMBERS_TABLE');

type Kind = 'member' | 'invitation';
/** Seconds for which an invitation that is over is kept: so long its link is told from one that never was. */
const kept = 24 * 60 * 60;

/** What an address is a member of: by the index, which follows the table within a second or so. */
export async function listMemberships(email: string): Promise<Member[]> {
  const items = await queryAll({
    TableName: table,
    IndexName: 'byEmail',
    KeyConditionExpression: 'email = :email',
    ExpressionAttributeValues: toItem({ ':email': email.toLowerCase() }),
  });
  return items.map((item) => Member.parse(item));
}

/**
 * An organisation's roster as it is now. Its version is read before the rest: a query is no snapshot, and what changes while
 * it is read must not have a version by which it can be saved.
 */
export async function readRoster(organisation: string): Promise<Roster> {
  const version = await readVersion(organisation);
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'organisation = :organisation',
    ExpressionAttributeValues: toItem({ ':organisation': organisation }),
    ConsistentRead: true,
  });
  const of = (kind: Kind) => items.filter(({ sk }) => String(sk).startsWith(`${kind}#`));
  return {
    organisation,
    version,
    members: of('member').map((item) => Member.parse(item)),
    invitations: of('invitation').map((item) => Invitation.parse(item)),
  };
}

async function readVersion(organisation: string): Promise<number> {
  const [roster] = await queryAll({
    TableName: table,
    KeyConditionExpression: 'organisation = :organisation AND sk = :roster',
    ExpressionAttributeValues: toItem({ ':organisation': organisation, ':roster': 'roster' }),
    ConsistentRead: true,
  });
  return Number(roster?.['version'] ?? 0);
}

/** Writes what becomes of a roster, with what goes with it. False, and nothing is written, when it is another by now. */
export async function saveRoster(
  { organisation, version }: Roster,
  { member, invitation, removed }: Omit<RosterChange, 'entry'>,
  others: TransactWriteItem[],
): Promise<boolean> {
  const TransactItems: TransactWriteItem[] = [
    {
      Put: {
        TableName: table,
        Item: toItem({ organisation, sk: 'roster', version: version + 1 }),
        ConditionExpression: 'attribute_not_exists(sk) OR version = :version',
        ExpressionAttributeValues: toItem({ ':version': version }),
      },
    },
    ...(member ? [putMember(member)] : []),
    ...(invitation ? [putInvitation(invitation)] : []),
    ...(removed ? [{ Delete: { TableName: table, Key: keyOf('member', removed) } }] : []),
    ...others,
  ];
  return isDone(new TransactWriteItemsCommand({ TransactItems }));
}

/** The first members of an organisation, in one transaction; false when it has a roster already, and then nothing is changed. */
export async function addRoster(organisation: string, members: Member[]): Promise<boolean> {
  const roster = await readRoster(organisation);
  if (roster.version > 0 || roster.members.length > 0) return false;
  return saveRoster(roster, {}, members.map(putMember));
}

/** A page of an organisation's members, by their ids. */
export function listMembers(organisation: string, page: PageQuery) {
  return readPage('member', organisation, page, (item) => Member.parse(item));
}

/** A page of its invitations, by their ids. */
export function listInvitations(organisation: string, page: PageQuery) {
  return readPage('invitation', organisation, page, (item) => Invitation.parse(item));
}

export async function getInvitation(organisation: string, id: string): Promise<Invitation | undefined> {
  const Key = keyOf('invitation', { organisation, id });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && Invitation.parse(fromItem(Item));
}

interface Page<T> {
  items: T[];
  /** Id of the last, when there may be more. */
  cursor: string | null;
}

async function readPage<T>(
  kind: Kind,
  organisation: string,
  { cursor, limit }: PageQuery,
  parse: (item: unknown) => T,
): Promise<Page<T>> {
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'organisation = :organisation AND begins_with(sk, :kind)',
      ExpressionAttributeValues: toItem({ ':organisation': organisation, ':kind': `${kind}#` }),
      ...(cursor && { ExclusiveStartKey: keyOf(kind, { organisation, id: cursor }) }),
      ConsistentRead: true,
      Limit: limit,
    }),
  );
  const last = LastEvaluatedKey && fromItem(LastEvaluatedKey)['sk'];
  return {
    items: Items.map((item) => parse(fromItem(item))),
    cursor: typeof last === 'string' ? last.slice(kind.length + 1) : null,
  };
}

function putMember(member: Member): TransactWriteItem {
  return { Put: { TableName: table, Item: toItem({ ...member, sk: skOf('member', member.id) }) } };
}

function putInvitation(invitation: Invitation): TransactWriteItem {
  const sk = skOf('invitation', invitation.id);
  const expires = Math.ceil(invitation.expiresAt / 1_000) + kept;
  return { Put: { TableName: table, Item: toItem({ ...invitation, sk, expires }) } };
}

function keyOf(kind: Kind, { organisation, id }: { organisation: string; id: string }) {
  return toItem({ organisation, sk: skOf(kind, id) });
}

function skOf(kind: Kind, id: string): string {
  return `${kind}#${id}`;
}
