import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { partitionKey } from './action.ts';
import { ActionFacts } from './action-view.ts';
import type { ListPosition } from './list-cursor.ts';
import { toProjection } from './projection.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');

/** What leaves the database: no name, no address. */
const facts = [
  ...['pk', 'sk', 'state', 'changedAt', 'history', 'historyVersions'],
  ...['campaign', 'country', 'partner', 'source'].map((name) => `current.${name}`),
  ...['amount', 'currency', 'interval', 'atLeast', 'toVerify'].map((name) => `current.pledge.${name}`),
  // Of a person there is a type and no name: that is with the rest of what they said.
  ...['current.pledge.pledger.type', 'current.pledge.pledger.name'],
  'current.joined',
  'current.endorser',
  'current.logo',
];

export interface ActionPage {
  actions: ActionFacts[];
  /** After which sort key the partition goes on; undefined at its end. */
  after: string | undefined;
}

/** So many actions of one partition, as they may have been a moment ago: half a read unit for each 4 kB, and at least that. */
export async function readPage(root: string, at: ListPosition, limit: number): Promise<ActionPage> {
  const pk = partitionKey(root, at.kind, at.partition);
  const { Items = [], LastEvaluatedKey } = await dynamo.send(
    new QueryCommand({
      TableName: table,
      KeyConditionExpression: '#pk = :pk',
      ...toProjection(facts),
      ExpressionAttributeValues: toItem({ ':pk': pk }),
      Limit: limit,
      ...(at.after && { ExclusiveStartKey: toItem({ pk, sk: at.after }) }),
    }),
  );
  const actions = Items.map((item) => ActionFacts.parse(unmarshall(item)));
  return { actions, after: LastEvaluatedKey?.['sk']?.S };
}
