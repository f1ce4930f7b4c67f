import {
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { dynamo, isDone, isRefused, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import type { Letter } from './letter.ts';
import type { LetterKey } from './letter-store.ts';

const table = /* @__PURE__ */ setting('LETTERS_TABLE');

/** Facts that go with a change of state; what is undefined is taken away. */
export type Facts = {
  [F in 'reason' | 'text' | 'named' | 'pdf' | 'messageId' | 'attempt' | 'bounced']?: Letter[F] | undefined;
};

/** A letter by its key; with a version, only as it was read; with what news is of, only where that holds. */
type Seen = LetterKey & { version?: number; only?: NewsOf };

/** News of the mail that a letter's state speaks of (undefined: sent before mails were told apart), or of any that has not bounced. */
type NewsOf = { current: number | undefined } | { unbounced: number };

/**
 * Moves a letter on, from one of the states that may come before. A reason that is not given again was one of the state
 * before. False when it is in none of them, or has been changed since it was read: somebody was faster.
 */
export async function moveLetter(
  seen: Seen,
  from: Letter['state'][],
  to: Letter['state'],
  now: number,
  facts: Facts = {},
): Promise<boolean> {
  try {
    await dynamo.send(new UpdateItemCommand(toUpdate(seen, from, to, now, facts)));
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}

/** The same of a letter as it was read, with the entry in the log: both, or neither. */
export function moveWithEntry(
  letter: Letter,
  to: Letter['state'],
  now: number,
  facts: Facts,
  entry: TransactWriteItem[],
): Promise<boolean> {
  const Update = toUpdate(letter, [letter.state], to, now, facts);
  return isDone(new TransactWriteItemsCommand({ TransactItems: [{ Update }, ...entry] }));
}

function toUpdate(
  { campaign, letter, version, only }: Seen,
  from: Letter['state'][],
  to: Letter['state'],
  now: number,
  facts: Facts,
) {
  const change = { reason: undefined, ...facts, state: to, changedAt: now };
  const [set, gone] = partsOf(change);
  const states = from.map((_, at) => `:from${at}`);
  return {
    TableName: table,
    Key: toItem({ campaign, letter }),
    UpdateExpression: [
      `SET version = version + :one, ${set.map((name) => `#${name} = :${name}`).join(', ')}`,
      ...(gone.length > 0 ? [`REMOVE ${gone.map((name) => `#${name}`).join(', ')}`] : []),
    ].join(' '),
    ConditionExpression: [
      `#state IN (${states.join(', ')})`,
      ...(version === undefined ? [] : ['version = :seen']),
      ...(only ? [conditionOf(only)] : []),
    ].join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([...set, ...gone].map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: toItem({
      ':one': 1,
      ':seen': version,
      ':mail': only && ('current' in only ? only.current : only.unbounced),
      ...Object.fromEntries(Object.entries(change).map(([name, value]) => [`:${name}`, value])),
      ...Object.fromEntries(from.map((state, at) => [`:from${at}`, state])),
    }),
  };
}

function conditionOf(only: NewsOf): string {
  if ('unbounced' in only) return '(attribute_not_exists(bounced) OR bounced <> :mail)';
  return only.current === undefined ? 'attribute_not_exists(attempt)' : 'attempt = :mail';
}

/** Names of what is set, and of what is taken away. */
function partsOf(change: Record<string, unknown>): [string[], string[]] {
  const names = Object.keys(change);
  const isSet = (name: string) => change[name] !== undefined;
  return [names.filter(isSet), names.filter((name) => !isSet(name))];
}
