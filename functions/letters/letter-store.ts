import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { dynamo, isRefused, queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { fromLetterId, Letter, toLetterId } from './letter.ts';
import { LetterFacts } from './list-public.ts';

/**
 * Keys: `campaign`, `letter`. Beside the letters: `number#<the number on a letter>`, which says whose it is, and
 * `texts#<campaign>`, of text-store.ts.
 */
const table = /* @__PURE__ */ setting('LETTERS_TABLE');

type LetterKey = Pick<Letter, 'campaign' | 'letter'>;

export async function getLetter({ campaign, letter }: LetterKey): Promise<Letter | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem({ campaign, letter }), ConsistentRead: true }),
  );
  return Item && Letter.parse(unmarshall(Item));
}

export async function listLetters(campaign: string): Promise<Letter[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'campaign = :campaign',
    ExpressionAttributeValues: toItem({ ':campaign': campaign }),
  });
  return items.map((item) => Letter.parse(item));
}

/** Of each letter of a campaign, only what says what became of it: figures and history are most of an item. */
export async function listLetterFacts(campaign: string): Promise<LetterFacts[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'campaign = :campaign',
    ExpressionAttributeValues: toItem({ ':campaign': campaign }),
    ProjectionExpression:
      '#country, #state, #reason, requestedAt, changedAt, pdf.#bytes, #text.#language, named.office',
    ExpressionAttributeNames: Object.fromEntries(
      ['country', 'state', 'reason', 'bytes', 'text', 'language'].map((name) => [`#${name}`, name]),
    ),
  });
  return items.map((item) => LetterFacts.parse(item));
}

/** Puts a letter that was not requested before; asking again changes nothing. */
export async function requestLetter(letter: Letter): Promise<void> {
  try {
    await dynamo.send(
      new PutItemCommand({
        TableName: table,
        Item: toItem(letter),
        ConditionExpression: 'attribute_not_exists(letter)',
      }),
    );
  } catch (error) {
    if (!isRefused(error)) throw error;
  }
}

/**
 * Lets a letter be found by the number that is printed on it. Naming it again changes nothing.
 * @throws Error when another letter has the number.
 */
export async function nameLetter({ number, campaign, letter }: Letter): Promise<void> {
  await dynamo.send(
    new PutItemCommand({
      TableName: table,
      Item: toItem({ ...numberKey(number), of: toLetterId({ campaign, letter }) }),
      ConditionExpression: 'attribute_not_exists(letter) OR #of = :of',
      ExpressionAttributeNames: { '#of': 'of' },
      ExpressionAttributeValues: toItem({ ':of': toLetterId({ campaign, letter }) }),
    }),
  );
}

/** The letter with a number on it; undefined when there is none. */
export async function findLetter(number: string): Promise<Letter | undefined> {
  const { Item } = await dynamo.send(
    new GetItemCommand({ TableName: table, Key: toItem(numberKey(number)) }),
  );
  return Item && getLetter(fromLetterId(String(unmarshall(Item)['of'])));
}

/** Facts that go with a change of state. */
type Facts = Partial<Pick<Letter, 'reason' | 'text' | 'named' | 'pdf' | 'messageId'>>;

/**
 * Moves a letter on, from one of the states that may come before. A reason that is not given again was one of the state
 * before. False when it is in none of them: somebody was faster.
 */
export async function moveLetter(
  key: LetterKey,
  from: Letter['state'][],
  to: Letter['state'],
  now: number,
  facts: Facts = {},
): Promise<boolean> {
  const names = Object.keys(facts);
  try {
    await dynamo.send(
      new UpdateItemCommand({
        TableName: table,
        Key: toItem({ campaign: key.campaign, letter: key.letter }),
        UpdateExpression: `SET ${['version = version + :one', '#state = :to', 'changedAt = :now', ...names.map((name) => `#${name} = :${name}`)].join(', ')}${names.includes('reason') ? '' : ' REMOVE #reason'}`,
        ConditionExpression: `#state IN (${from.map((_, at) => `:from${at}`).join(', ')})`,
        ExpressionAttributeNames: {
          '#state': 'state',
          '#reason': 'reason',
          ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: toItem({
          ':one': 1,
          ':to': to,
          ':now': now,
          ...Object.fromEntries(from.map((state, at) => [`:from${at}`, state])),
          ...Object.fromEntries(Object.entries(facts).map(([name, value]) => [`:${name}`, value])),
        }),
      }),
    );
    return true;
  } catch (error) {
    if (!isRefused(error)) throw error;
    return false;
  }
}

function numberKey(number: string): LetterKey {
  return { campaign: `number#${number}`, letter: 'number' };
}
