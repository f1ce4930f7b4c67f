import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { fromKey, partitionKey, toActionId } from './action.ts';
import { SupporterFacts } from './export-supporters.ts';
import type { ListPosition } from './list-cursor.ts';
import { lookUp } from './look-up.ts';
import { toProjection } from './projection.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');

/** Personal data: for an export alone. */
const facts = [
  ...['pk', 'sk', 'state', 'confirmedAt'],
  ...['campaign', 'givenName', 'familyName', 'email', 'country', 'language', 'postalCode'].map(
    (name) => `current.${name}`,
  ),
  ...['source', 'consents', 'joined'].map((name) => `current.${name}`),
];

/**
 * Those that stand confirmed among so many actions of one partition, as they are now: who has just left is not among
 * them. `after` is the sort key after which the partition goes on; undefined at its end.
 */
export async function readConfirmed(
  root: string,
  at: ListPosition,
  limit: number,
): Promise<{ actions: SupporterFacts[]; after: string | undefined }> {
  const pk = partitionKey(root, at.kind, at.partition);
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: '#pk = :pk',
      FilterExpression: '#state = :confirmed',
      ...toProjection(facts),
      ExpressionAttributeValues: toItem({ ':pk': pk, ':confirmed': 'confirmed' }),
      ConsistentRead: true,
      Limit: limit,
      ...(at.after && { ExclusiveStartKey: toItem({ pk, sk: at.after }) }),
    }),
  );
  const actions = Items.map((item) => SupporterFacts.parse(unmarshall(item)));
  return { actions, after: LastEvaluatedKey?.['sk']?.S };
}

/** The actions of other kinds that the same mailboxes have, by their sort keys. At most 100 of one kind at once. */
export async function readTwins(actions: SupporterFacts[]): Promise<Map<string, SupporterFacts[]>> {
  const found = await Promise.all(
    ActionKind.options.map((kind) =>
      lookUp(
        actions.flatMap((action) => toTwinId(action, kind)),
        facts,
      ),
    ),
  );
  return Map.groupBy(
    found.flat().map((item) => SupporterFacts.parse(item)),
    ({ sk }) => sk,
  );
}

/** One mailbox has the same hash in all kinds. */
function toTwinId(action: SupporterFacts, other: ActionKind): string[] {
  const { root, kind, hash } = fromKey(action);
  return kind === other ? [] : [toActionId({ root, kind: other, hash })];
}
