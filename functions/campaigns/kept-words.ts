import type * as z from 'zod';
import { plainText } from '../../shared/kernel/plain-text.ts';
import { validate } from '../../shared/kernel/validate.ts';
import type { Campaign } from './campaign.ts';
import { SettingsRequest } from './campaign-settings.ts';
import { toSettings } from './settings-view.ts';

/** Words that stay as they are stored, and the path to them in what was sent. */
interface Kept {
  at: string[];
  words: string;
}

const anyWords = plainText(Number.POSITIVE_INFINITY);

/**
 * The settings that were sent; but words that were stored before words had to be plain text, and are sent as they are, stay as
 * they are: else nothing else of a signed campaign could be changed. They are left out of what is checked.
 * @throws Problem `invalid-fields`.
 */
export function validateSettings(sent: unknown, stored: Campaign): z.output<typeof SettingsRequest> {
  const { storiesUrl: _storiesUrl, ...said } = toSettings(stored);
  const kept = listKept(sent, said);
  const plain = kept.reduce((all, { at }) => put(all, at, 'kept'), sent);
  return kept.reduce((all, { at, words }) => put(all, at, words), validate(SettingsRequest, plain));
}

/** Consents are the same by their id, wherever they stand. */
function listKept(sent: unknown, stored: unknown, at: string[] = []): Kept[] {
  if (typeof sent === 'string' && typeof stored === 'string')
    return !isPlain(stored) && normal(sent) === normal(stored) ? [{ at, words: stored }] : [];
  if (!isPart(sent) || !isPart(stored)) return [];
  return Object.entries(sent).flatMap(([name, part]) => {
    const same = Array.isArray(stored) ? stored.find((each) => idOf(each) === idOf(part)) : stored[name];
    return listKept(part, same, [...at, name]);
  });
}

function put<T>(whole: T, [name, ...rest]: string[], words: string): T {
  if (name === undefined) return words as T;
  const copy = (Array.isArray(whole) ? [...whole] : { ...whole }) as Part;
  return Object.assign(copy, { [name]: put(copy[name], rest, words) }) as T;
}

type Part = Record<string, unknown>;
const isPart = (value: unknown): value is Part => typeof value === 'object' && value !== null;
const idOf = (value: unknown) => (isPart(value) ? value['id'] : value);
const isPlain = (words: string) => anyWords.safeParse(words).data === words;
const normal = (words: string) => words.replace(/\r\n?/g, '\n').trim();
