import { GetItemCommand, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
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

export type LetterKey = Pick<Letter, 'campaign' | 'letter'>;

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

/** Letters of a campaign by their ids, and after which of them to go on; undefined at the end. */
export async function findLetters(
  campaign: string,
  { state, cursor = '', limit }: { state?: Letter['state']; cursor?: string; limit: number },
): Promise<{ letters: Letter[]; after: string | undefined }> {
  const letters: Letter[] = [];
  const pages = paginateQuery(
    { client: dynamo },
    {
      TableName: table,
      KeyConditionExpression: 'campaign = :campaign AND letter > :cursor',
      ...(state && { FilterExpression: '#state = :state', ExpressionAttributeNames: { '#state': 'state' } }),
      // A hyphen is before all ids, and a key cannot be empty.
      ExpressionAttributeValues: toItem({ ':campaign': campaign, ':cursor': cursor || '-', ':state': state }),
    },
  );
  for await (const { Items = [] } of pages) {
    letters.push(...Items.map((item) => Letter.parse(unmarshall(item))));
    if (letters.length > limit)
      return { letters: letters.slice(0, limit), after: letters[limit - 1]?.letter };
  }
  return { letters, after: undefined };
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

function numberKey(number: string): LetterKey {
  return { campaign: `number#${number}`, letter: 'number' };
}
