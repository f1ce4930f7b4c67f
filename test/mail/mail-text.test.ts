import { IntlMessageFormat } from 'intl-messageformat';
import { expect, test } from 'vitest';
import { mailTexts } from '../../functions/mail/mail-text.ts';
import { languages } from '../../shared/kernel/language.ts';

test.each(languages)('%s has the texts of English, each with the same values', (language) => {
  expect(variablesOf(language)).toEqual(variablesOf('en'));
});

test.each(languages)(
  '%s uses the quotation marks of print, as ICU reads straight ones as its own',
  (language) => {
    for (const [, pattern] of patternsBelow(mailTexts[language])) {
      expect(pattern).not.toMatch(/['"<>]/);
      expect(pattern).toBe(pattern.trim());
    }
  },
);

/** Which values each text takes; reading them parses the pattern. */
function variablesOf(language: (typeof languages)[number]) {
  const patterns = patternsBelow(mailTexts[language]);
  return Object.fromEntries(patterns.map(([key, pattern]) => [key, variablesIn(pattern, language)]));
}

function variablesIn(pattern: string, language: string): string[] {
  const elements = new IntlMessageFormat(pattern, language, undefined, { ignoreTag: true }).getAst();
  const literal = 0;
  return [...new Set(elements.flatMap((e) => (e.type !== literal && 'value' in e ? [e.value] : [])))].sort();
}

function patternsBelow(node: object, path = ''): Array<[string, string]> {
  return Object.entries(node).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${path}${key}`, value] as [string, string]]
      : patternsBelow(value, `${path}${key}.`),
  );
}
