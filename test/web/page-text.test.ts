import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { type Language, languages } from '../../shared/kernel/language.ts';
import { pageText, type TextKey } from '../../web/pages/page-text.ts';
import ar from '../../web/pages/texts/ar.json' with { type: 'json' };
import de from '../../web/pages/texts/de.json' with { type: 'json' };
import en from '../../web/pages/texts/en.json' with { type: 'json' };
import es from '../../web/pages/texts/es.json' with { type: 'json' };
import fr from '../../web/pages/texts/fr.json' with { type: 'json' };
import hi from '../../web/pages/texts/hi.json' with { type: 'json' };
import pt from '../../web/pages/texts/pt.json' with { type: 'json' };
import ru from '../../web/pages/texts/ru.json' with { type: 'json' };
import sw from '../../web/pages/texts/sw.json' with { type: 'json' };
import zh from '../../web/pages/texts/zh.json' with { type: 'json' };

const texts: Record<Language, Record<string, string>> = { en, fr, es, pt, ar, hi, zh, sw, ru, de };
const keys = Object.keys(en) as TextKey[];
const values = {
  ...{ count: 3, date: 'D', goal: 'G', owner: 'O', title: 'T', campaign: 'C', amounts: 'A' },
  ...{
    email: 'M',
    seconds: 3,
    reason: 'R',
    reasons: 'R',
    number: 'N',
    country: 'K',
    currency: 'E',
    system: 'S',
  },
};

describe.each(languages)('the texts in %s', (language) => {
  test('have the keys of English, with the same variables', () => {
    expect(Object.keys(texts[language])).toEqual(keys);
    for (const key of keys) expect([key, variablesOf(language, key)]).toEqual([key, variablesOf('en', key)]);
  });

  test('can all be written', () => {
    const t = pageText(language);
    for (const key of keys) expect(t(key, values).trim()).not.toBe('');
  });

  test('have all plural forms of the language', () => {
    const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of keys) {
      for (const forms of pluralsOf(language, key)) expect(forms.sort()).toEqual([...categories].sort());
    }
  });
});

test('French has its spaces that do not break', () => {
  const t = pageText('fr');
  for (const key of keys) {
    const text = t(key, values);
    expect(text, key).not.toMatch(/(?:^|[^\u00a0\u202f])[:;!?»](?=\s|$|\.|,)/);
    expect(text, key).not.toMatch(/«(?!\u00a0)/);
  }
});

interface Element {
  type: number;
  value?: string;
  options?: Record<string, { value: Element[] }>;
}

function elementsOf(language: Language, key: string): Element[] {
  const message = new IntlMessageFormat(texts[language][key] ?? '', language, undefined, { ignoreTag: true });
  const flat = (elements: Element[]): Element[] =>
    elements.flatMap((one) => [one, ...Object.values(one.options ?? {}).flatMap(({ value }) => flat(value))]);
  return flat(message.getAst() as Element[]);
}

/** Type 0 is text, type 7 the `#` of a plural. */
function variablesOf(language: Language, key: string): string[] {
  const named = elementsOf(language, key).filter(({ type }) => type !== 0 && type !== 7);
  return [...new Set(named.map(({ value = '' }) => value))].sort();
}

function pluralsOf(language: Language, key: string): string[][] {
  return elementsOf(language, key).flatMap(({ options }) => (options ? [Object.keys(options)] : []));
}
