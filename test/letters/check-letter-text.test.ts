import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { letterTextIn, toLanguage } from '../../functions/letters/check-letter-text.ts';
import {
  type MessageKey,
  messageKeys,
  requiredOf,
  type Variable,
  variables,
  variablesOf,
} from '../../functions/letters/letter-messages.ts';
import { standardMessages } from '../../functions/letters/standard-messages.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';

const words = {
  title: 'Mental health for all',
  place: 'Geneva',
  role: 'Director',
  asks: ['Fund what works.'],
};

describe('a text', () => {
  test('is refused with everything that is wrong at once', () => {
    const { title: _, ...untitled } = words;
    const text = {
      ...untitled,
      asks: ['Fund {it}.', 'Do it by {date, date}.'],
      messages: { page: 'Page {page}', coverSubject: 'Letter', unheardOf: 'x', verify: '' },
    };
    expect(
      errorsOf('en', text)
        .map(({ pointer, code }) => `${pointer} ${code}`)
        .sort(),
    ).toEqual([
      '/asks/0 unknown-variable',
      '/asks/1 not-offered',
      '/messages/coverSubject missing-variable',
      '/messages/page missing-variable',
      '/messages/unheardOf unknown-field',
      '/messages/verify missing-variable',
      '/messages/verify too-small',
      '/title required',
    ]);
  });

  test('needs no message in a language that the system writes, or in its kin', () => {
    expect([errorsOf('pt', words), errorsOf('pt-BR', words), errorsOf('zh-CN', words)]).toEqual([[], [], []]);
  });

  test.each(['ko', 'zh-TW', 'sr-Latn'])('names every message that is missing in %s', (language) => {
    const errors = errorsOf(language, { ...words, messages: { reference: 'x' } });
    const missing = messageKeys.filter((key) => key !== 'reference');
    expect(errors.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual(
      missing.map((key) => `/messages/${key} required`),
    );
    expect(errorsOf(language, words)).toHaveLength(messageKeys.length);
  });

  test('is taken in a language that the system does not write, with all messages', () => {
    expect(errorsOf('ko', { ...words, messages: korean() })).toEqual([]);
  });

  test.each([
    ['a right-to-left override', 'Health \u202e for all'],
    ['a mark of direction', 'Health\u200f'],
    ['a line break', 'Health\nfor all'],
    ['a line separator', 'Health\u2028for all'],
    ['a NUL', 'Health\u0000'],
    ['half a character', 'Health \ud800 for all'],
  ])('cannot carry %s', (_, title) => {
    expect(errorsOf('en', { ...words, title }).map(({ pointer }) => pointer)).toEqual(['/title']);
  });
});

describe('the language of a text', () => {
  test.each([
    ['EN', 'en'],
    ['pt-br', 'pt-BR'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['iw', 'he'],
    ['am', 'am'],
  ])('%s is %s', (tag, language) => {
    expect(toLanguage(tag)).toBe(language);
  });

  test.each(['', 'english', 'en_GB', 'en-GB-FR', 'tlh', 'xx', 'en-u-nu-thai', '../en', '__proto__'])(
    '%s is none',
    (tag) => {
      expect(toLanguage(tag)).toBeUndefined();
    },
  );
});

describe('all that was written', () => {
  test.each(Object.entries(standardMessages))(
    'the standard messages in %s can be saved',
    (language, messages) => {
      expect(errorsOf(language, { ...words, messages })).toEqual([]);
    },
  );

  const seeds = join(import.meta.dirname, '../../infra/seed/letters');
  const seeded = readdirSync(seeds, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  test.each(seeded)('the seeded text %s can be saved', (file) => {
    const language = /([^/]+)\.json$/.exec(file)?.[1] ?? '';
    expect(errorsOf(language, JSON.parse(readFileSync(join(seeds, file), 'utf8')))).toEqual([]);
  });

  test('names only messages and variables that there are', () => {
    const unknown = messageKeys.flatMap((key) =>
      requiredOf(key).filter((name) => !variablesOf(key).includes(name)),
    );
    expect(unknown).toEqual([]);
  });
});

/** Any words do that say what they must. */
function korean(): Record<MessageKey, string> {
  const say = (name: Variable) => (variables[name] === 'number' ? `{${name}, number}` : `{${name}}`);
  return Object.fromEntries(
    messageKeys.map((key) => [key, ['편지', ...requiredOf(key).map(say)].join(' ')]),
  ) as Record<MessageKey, string>;
}

function errorsOf(language: string, text: unknown) {
  try {
    validate(letterTextIn(language), text);
    return [];
  } catch (error) {
    if (error instanceof Problem) return error.facts.errors ?? [];
    throw error;
  }
}
