import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { Action, partitionKey } from './action.ts';
import { type CountEvent, countEvents } from './count-history.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');
/** What was confirmed has a history; without one, its counts would be taken back as if nobody had ever confirmed. */
const Remembered = Action.pick({
  ...{ pk: true, sk: true, state: true },
  ...{ history: true, historyVersions: true },
}).refine(({ state, history }) => state === 'pending' || Object.keys(history).length > 0, {
  error: 'An action that was confirmed has no history: it cannot be recounted.',
});

/** A part of a root campaign's actions: those of one kind in one of the 256 partitions. */
export interface ActionPart {
  kind: ActionKind;
  /** 0 to 255. */
  partition: number;
}

/** Some actions of a part, and every event that was or will be told of what they count by. */
export interface CountedPage {
  rows: number;
  events: CountEvent[];
}

/** All parts of a root campaign's actions: 768. */
export const actionParts: ActionPart[] = ActionKind.options.flatMap((kind) =>
  Array.from({ length: 256 }, (_, partition) => ({ kind, partition })),
);

/** All actions of a part, page by page as the database hands them out (1 MB): no more than one is in memory. */
export async function* listCounted(
  root: string,
  { kind, partition }: ActionPart,
  { consistent = false } = {},
): AsyncGenerator<CountedPage> {
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    const page = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: toItem({ ':pk': partitionKey(root, kind, partition) }),
        ProjectionExpression: 'pk, sk, #state, history, historyVersions',
        ExpressionAttributeNames: { '#state': 'state' },
        ConsistentRead: consistent,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    const actions = (page.Items ?? []).map((item) => Remembered.parse(unmarshall(item)));
    yield { rows: actions.length, events: actions.flatMap(countEvents) };
    start = page.LastEvaluatedKey;
  } while (start);
}
