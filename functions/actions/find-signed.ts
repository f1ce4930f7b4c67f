import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type * as z from 'zod';
import { dynamo, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { Action, Current, partitionKey } from './action.ts';
import { type ActionPart, actionParts } from './counted-actions.ts';
import { saidIn } from './join-campaign.ts';
import { type Owner, rootOf } from './own-action.ts';
import { toProjection } from './projection.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');

/** Queries at once: for so many, the SDK opens connections. */
const mostAtOnce = 48;
/** No further query is begun after this (milliseconds): who changes an ask looks twice, 2 s apart, in the 10 s of a function. */
const patience = 2_500;

/** What is left of an action, whatever became of it, that tells what was ever confirmed by it. */
const Confirmed = Action.pick({ history: true }).extend({
  current: Current.pick({ campaign: true })
    .extend({ joined: Current.pick({ campaign: true }).array().optional() })
    .optional(),
});
type Confirmed = z.output<typeof Confirmed>;
const paths = ['history', 'current.campaign', 'current.joined'];

/**
 * Whether anybody has ever confirmed an action in this very campaign, as it is stored now: counted, waiting to be verified,
 * withdrawn or erased since. All partitions are read until one is found, 768 queries where there is none.
 * @throws Problem `try-again-later` when there are more actions under its root than can be looked at.
 */
export async function isSigned(campaign: Owner): Promise<boolean> {
  const deadline = Date.now() + patience;
  const parts = actionParts.values();
  let [isFound, isLate] = [false, false];
  const goesOn = () => {
    isLate ||= !isFound && Date.now() > deadline;
    return !isFound && !isLate;
  };
  const look = async () => {
    for (const part of parts)
      for await (const actions of listConfirmed(rootOf(campaign), part, goesOn))
        isFound ||= actions.some((action) => wasConfirmedIn(action, campaign.slug));
  };
  await Promise.all(Array.from({ length: mostAtOnce }, look));
  if (isLate && !isFound) throw tooMany();
  return isFound;
}

/**
 * The history says where it counted. What waited to be verified counted nowhere: of that, `current` says where it was said,
 * until it is taken back. After that it could have been in any campaign of the root, and is taken for this one.
 */
function wasConfirmedIn({ history, current }: Confirmed, campaign: string): boolean {
  const counted = Object.values(history).some((counts) => counts && saidIn(counts, campaign));
  const said = current && saidIn(current, campaign);
  const uncounted = Object.keys(history).filter((change) => history[change] === null);
  const [waited, left] = [
    uncounted.some(isConfirmation),
    uncounted.some((change) => !isConfirmation(change)),
  ];
  return counted || said !== undefined || (waited && left);
}

function isConfirmation(change: string): boolean {
  return change.endsWith(' confirmed');
}

/** Those of a part that were ever changed by a confirmation or after it, page by page (1 MB), while it is to go on. */
async function* listConfirmed(
  root: string,
  { kind, partition }: ActionPart,
  goesOn: () => boolean,
): AsyncGenerator<Confirmed[]> {
  const { ProjectionExpression, ExpressionAttributeNames } = toProjection(paths);
  let start: QueryCommandInput['ExclusiveStartKey'];
  do {
    if (!goesOn()) return;
    const page = await dynamo.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        FilterExpression: 'size(#history) > :none',
        ProjectionExpression,
        ExpressionAttributeNames,
        ExpressionAttributeValues: toItem({ ':pk': partitionKey(root, kind, partition), ':none': 0 }),
        ConsistentRead: true,
        ...(start && { ExclusiveStartKey: start }),
      }),
    );
    yield (page.Items ?? []).map((item) => Confirmed.parse(unmarshall(item)));
    start = page.LastEvaluatedKey;
  } while (start);
}

function tooMany(): Problem {
  const detail =
    'There are too many actions under its root campaign to make sure that nobody has signed this one: try again, or explain what it asks by a note.';
  return new Problem('try-again-later', detail, { retryAfter: 5 });
}
