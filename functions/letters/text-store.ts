import { isDeepStrictEqual } from 'node:util';
import { GetItemCommand, type TransactWriteItem, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import type { Audited } from '../../shared/audit/entry.ts';
import { dynamo, fromItem, isDone, queryAll, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { untilSaved } from '../../shared/aws/until-saved.ts';
import { changedMeanwhile } from '../../shared/http/refuse-stale.ts';
import { type LetterText, LetterTextVersion } from './letter-text.ts';

/**
 * Keys: `texts#<campaign>` / `<language>#<version of 6 digits>`, put once and never changed; and `latest#<language>`,
 * a copy of the last of them, so that the texts of a campaign are read without their past.
 */
const table = /* @__PURE__ */ setting('LETTERS_TABLE');

/**
 * Keeps a text as the next version of its language (a canonical tag of BCP 47). The words that are there already are no
 * new version. Of two people who save at once, each gets a version.
 * @param follows whether the version there by now (0: none) is the one that the author has seen.
 * @param audited what the change is told by; nothing where no campaigner makes it.
 * @throws Problem `precondition-failed` when it is not.
 */
export function saveText(
  campaign: string,
  language: string,
  text: LetterText,
  now: number,
  follows: (version: number) => boolean = () => true,
  audited: Audited = () => [],
): Promise<LetterTextVersion> {
  return untilSaved(async () => {
    const latest = await getText(campaign, language);
    if (latest && isDeepStrictEqual(wordsOf(latest), text)) return latest;
    const { version } = latest ?? { version: 0 };
    const before = latest ? wordsOf(latest) : {};
    if (!follows(version)) throw changedMeanwhile(before, text);
    const next = { ...text, campaign, language, version: version + 1, savedAt: now };
    const entry = audited(before, text);
    return (await putVersion(next, entry)) ? next : undefined;
  }, 'Too many people are saving this text at once; try again.');
}

/** A version of the campaign's text in a language, or the latest; undefined when there is none. */
export async function getText(
  campaign: string,
  language: string,
  version?: number,
): Promise<LetterTextVersion | undefined> {
  const letter = version === undefined ? latestKey(language) : versionKey(language, version);
  const Key = toItem({ campaign: partitionOf(campaign), letter });
  const { Item } = await dynamo.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
  return Item && toVersion(fromItem(Item), campaign);
}

/** The latest version of each language that the campaign has a text in, by language. */
export async function readTexts(campaign: string): Promise<LetterTextVersion[]> {
  const items = await queryAll({
    TableName: table,
    KeyConditionExpression: 'campaign = :campaign AND begins_with(letter, :latest)',
    ExpressionAttributeValues: toItem({ ':campaign': partitionOf(campaign), ':latest': latestKey('') }),
  });
  return items.map((item) => toVersion(item, campaign));
}

/** Both of its items, or neither. False when somebody else has this version, or is writing it. */
async function putVersion(text: LetterTextVersion, entry: TransactWriteItem[]): Promise<boolean> {
  const put = (letter: string) => ({
    TableName: table,
    Item: toItem({ ...text, campaign: partitionOf(text.campaign), letter }),
  });
  const version = put(versionKey(text.language, text.version));
  const TransactItems = [
    { Put: { ...version, ConditionExpression: 'attribute_not_exists(letter)' } },
    { Put: put(latestKey(text.language)) },
    ...entry,
  ];
  return isDone(new TransactWriteItemsCommand({ TransactItems }));
}

function wordsOf({ title, place, role, asks, messages }: LetterTextVersion): LetterText {
  return { title, place, role, asks, messages };
}

function toVersion({ letter: _, ...item }: Record<string, unknown>, campaign: string): LetterTextVersion {
  return LetterTextVersion.parse({ ...item, campaign });
}

function partitionOf(campaign: string): string {
  return `texts#${campaign}`;
}

function latestKey(language: string): string {
  return `latest#${language}`;
}

function versionKey(language: string, version: number): string {
  return `${language}#${String(version).padStart(6, '0')}`;
}
