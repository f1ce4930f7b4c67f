import { describe, expect, test } from 'vitest';
import {
  chooseLanguage,
  directionOf,
  inLanguage,
  LanguageTag,
  languages,
} from '../../shared/kernel/language.ts';

describe('the language chosen', () => {
  test.each([
    ['the one that is wanted', ['fr'], 'fr'],
    ['by the primary language of a regional tag', ['fr-CA'], 'fr'],
    ['whatever its capitals', ['FR'], 'fr'],
    ['the first that is offered, of several', ['ja', 'ko', 'es'], 'es'],
    ['the first of an Accept-Language header', ['bn-BD,es;q=0.9,en;q=0.8'], 'es'],
    ['what was said before what the browser says', ['ar', 'fr,en'], 'ar'],
    ['the next when the first is not given', [undefined, 'fr'], 'fr'],
    ['the fallback when none is offered', ['ja', 'ko-KR'], 'en'],
    ['the fallback when nothing is wanted', [], 'en'],
    ['the fallback for what is no language', ['*', '', ';;,,', '__proto__'], 'en'],
  ])('is %s', (_, wanted, chosen) => {
    expect(chooseLanguage(wanted, languages, 'en')).toBe(chosen);
  });

  test('is a whole tag before its primary language', () => {
    expect(chooseLanguage(['pt-BR'], ['pt', 'pt-br'], 'pt')).toBe('pt-br');
  });
});

test('a text is in the language, else in the fallback, else empty', () => {
  const texts = { en: 'Health', fr: 'Santé' };
  expect(inLanguage(texts, 'fr', 'en')).toBe('Santé');
  expect(inLanguage(texts, 'ar', 'en')).toBe('Health');
  expect(inLanguage(texts, 'ar', 'es')).toBe('');
});

test('Arabic is written from right to left', () => {
  expect(languages.filter((language) => directionOf(language) === 'rtl')).toEqual(['ar']);
});

test.each(['en', 'pt-BR', 'zh-Hant-TW'])('%s is a language tag', (tag) => {
  expect(LanguageTag.parse(tag)).toBe(tag);
});

test.each(['', 'english language', 'e', 'en_GB', 'en-', '<script>'])('"%s" is no language tag', (tag) => {
  expect(LanguageTag.safeParse(tag).success).toBe(false);
});
