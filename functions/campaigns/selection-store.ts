import { isDeepStrictEqual } from 'node:util';
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, isRefused, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import type { Selection } from '../targets/read.ts';
import { Campaign } from './campaign.ts';

/** Of a campaign's item (`campaign-store.ts`), the offices that it is addressed to. */
const table = /* @__PURE__ */ setting('CAMPAIGNS_TABLE');

/** The selection as it is stored now. @throws Error when there is no such campaign. */
export async function getSelection(slug: string): Promise<Selection> {
  return toSelection(await getStored(slug));
}

/**
 * Stores a selection in the place of the one that is there, and of nothing else of the campaign. The same selection again
 * writes nothing.
 * @param follows whether the selection there by now is the one that the author has seen.
 * @throws Problem `precondition-failed` when it is not.
 */
export async function saveSelection(
  slug: string,
  selection: Selection,
  follows: (stored: Selection) => boolean,
): Promise<void> {
  await untilSaved(async () => {
    const stored = await getStored(slug);
    if (isDeepStrictEqual(toSelection(stored), selection)) return true;
    if (!follows(toSelection(stored))) throw movedOn();
    return (await replace(slug, stored, selection)) || undefined;
  }, 'Too many people are selecting the targets of this campaign at once; try again.');
}

/** As the item has it, which is what a condition compares with. */
async function getStored(slug: string): Promise<unknown> {
  const { Item } = await dynamo.send(
    new GetItemCommand({
      TableName: table,
      Key: keyOf(slug),
      ProjectionExpression: 'targets',
      ConsistentRead: true,
    }),
  );
  if (!Item) throw new Error(`There is no campaign ${slug}`);
  return fromItem(Item)['targets'];
}

/** False when somebody else was faster. */
async function replace(slug: string, stored: unknown, selection: Selection): Promise<boolean> {
  try {
    await dynamo.send(
      new UpdateItemCommand({
        TableName: table,
        Key: keyOf(slug),
        UpdateExpression: 'SET targets = :selection',
        ConditionExpression: 'targets = :stored',
        ExpressionAttributeValues: toItem({ ':selection': selection, ':stored': stored }),
      }),
    );
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}

function toSelection(stored: unknown): Selection {
  return Campaign.shape.targets.parse(stored);
}

function keyOf(slug: string) {
  return toItem({ pk: 'campaign', sk: slug });
}

function movedOn(): Problem {
  const detail =
    'Somebody has selected other targets since. Read them, and send your changes with their ETag in If-Match.';
  return new Problem('precondition-failed', detail);
}
