import { type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { isDone, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { type Action, type Current, fromKey, toVerified, verificationOf } from './action.ts';
import { noOther, remember } from './action-store.ts';
import { countsOf, historyKey } from './count-history.ts';
import { type OrganisationKind, toPlace } from './organisation-place.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');

/**
 * Has what waits count from now on; an organisation is listed from then on, too, in the same write. False when
 * it does not wait, changed since it was read, or changed in this very millisecond.
 */
export async function verifyAction(action: Action, now: number): Promise<boolean> {
  const { state, current } = action;
  if (state !== 'confirmed' || !current || !verificationOf(current)?.toVerify) return false;
  const verified = toVerified(current, now);
  const kind = listedAs(current);
  const listed = kind ? toListed(action, kind, verified, now) : [];
  return isDone(
    new TransactWriteItemsCommand({ TransactItems: [toUpdate(action, verified, now), ...listed] }),
  );
}

function listedAs({ pledge, endorser }: Current): OrganisationKind | undefined {
  if (endorser) return 'endorsement';
  return pledge?.pledger.type === 'organisation' ? 'pledge' : undefined;
}

function toUpdate({ pk, sk, version }: Action, verified: Current, now: number): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: toItem({ pk, sk }),
      UpdateExpression: `SET ${remember(':counts')}, #current = :current, changedAt = :now`,
      ConditionExpression: `version = :seen AND ${noOther}`,
      ExpressionAttributeNames: { '#current': 'current', '#change': historyKey(now, 'verified') },
      ExpressionAttributeValues: toItem({
        ':one': 1,
        ':now': now,
        ':seen': version,
        ':current': verified,
        ':counts': countsOf(verified),
      }),
    },
  };
}

/** In each campaign that it was made in, and in their root. */
function toListed(
  action: Action,
  kind: OrganisationKind,
  { campaign, joined = [] }: Current,
  now: number,
): TransactWriteItem[] {
  const campaigns = new Set([fromKey(action).root, campaign, ...joined.map((each) => each.campaign)]);
  return [...campaigns].map((each) => ({
    Put: { TableName: table, Item: toItem(toPlace(each, kind, action, now)) },
  }));
}
