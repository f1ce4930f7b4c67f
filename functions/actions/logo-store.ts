import { GetItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { dynamo, isDone, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import type { Action, Current, Logo } from './action.ts';
import { isLogoId, LogoItem, logoKey, logoPath } from './logo.ts';
import { lookUp } from './look-up.ts';
import { idOf, OrganisationAction, organisationPaths, toShownOrganisation } from './shown-organisation.ts';

const table = /* @__PURE__ */ setting('ACTIONS_TABLE');

export type ShownAction = Action & { current: Current };

/**
 * Writes an action with this logo, or without one, and the logo itself, in one transaction with the entry of the log. What
 * the action counts by stays as it is, and so does `changedAt`. False when the action changed since it was read.
 */
export function saveLogo(
  action: ShownAction,
  given: { logo: Logo; item: LogoItem } | undefined,
  entry: Audited,
  now: number,
): Promise<boolean> {
  const { logo: old, ...said }: Current = action.current;
  const changed = { ...said, ...(given && { logo: given.logo }) };
  return isDone(
    new TransactWriteItemsCommand({
      TransactItems: [
        toUpdate(action, changed),
        ...(given ? [{ Put: { TableName: table, Item: toItem(given.item) } }] : []),
        ...(old ? [toExpired(old, now)] : []),
        ...entry(
          { logo: old && logoPath(old.id) },
          { logo: given && logoPath(given.logo.id), actions: [idOf(action)] },
        ),
      ],
    }),
  );
}

/** The image of a logo, while an organisation is shown with it. */
export async function findLogo(id: string): Promise<LogoItem | undefined> {
  if (!isLogoId(id)) return undefined;
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem({ ...logoKey(id) }), ConsistentRead: true }),
  );
  const logo = Item && LogoItem.parse(unmarshall(Item));
  const [action] = logo ? await lookUp([logo.action], organisationPaths) : [];
  const shown = action && toShownOrganisation(OrganisationAction.parse(action));
  return shown?.logo?.url === logoPath(id) ? logo : undefined;
}

function toUpdate({ pk, sk, version }: ShownAction, current: Current): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: toItem({ pk, sk }),
      UpdateExpression: 'SET version = version + :one, #current = :current',
      ConditionExpression: 'version = :seen',
      ExpressionAttributeNames: { '#current': 'current' },
      ExpressionAttributeValues: toItem({ ':one': 1, ':seen': version, ':current': current }),
    },
  };
}

function toExpired({ id }: Logo, now: number): TransactWriteItem {
  return {
    Update: {
      TableName: table,
      Key: toItem({ ...logoKey(id) }),
      UpdateExpression: 'SET expires = :now',
      ExpressionAttributeValues: toItem({ ':now': Math.floor(now / 1_000) }),
    },
  };
}
