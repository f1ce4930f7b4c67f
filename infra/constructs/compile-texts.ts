import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import type { Language } from '../../shared/kernel/language.ts';
import { type CompiledText, textKeys, type WidgetTextKey } from '../../web/widget/text-keys.ts';

/**
 * The widget's texts in a language, without need of a parser of ICU MessageFormat: `{name}` stands where a value goes, and
 * a text with a plural is the name of its number beside the whole text for each plural category. In the order of `textKeys`.
 */
export function compileTexts(language: Language, keys: readonly WidgetTextKey[] = textKeys): CompiledText[] {
  const file = join(import.meta.dirname, `../../web/pages/texts/${language}.json`);
  const texts: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return keys.map((key) => compile(key, texts[key] ?? ''));
}

/** In a bundled script, where texts are a list: each text's key becomes its place in it, for a tenth of the widget is keys. */
export function numberKeys(script: string): string {
  return textKeys.reduce((code, key, place) => code.replaceAll(JSON.stringify(key), String(place)), script);
}

function compile(key: string, text: string): CompiledText {
  const elements = parse(text, { ignoreTag: true });
  const plural = elements.find((element) => element.type === TYPE.plural);
  if (!plural) return elements.map((element) => toText(key, element)).join('');
  const branches = Object.entries(plural.options).map(([category, { value }]) => [
    category,
    elements
      .flatMap((element) => (element === plural ? value : [element]))
      .map((element) => toText(key, element, plural.value))
      .join(''),
  ]);
  return [plural.value, Object.fromEntries(branches)];
}

function toText(key: string, element: MessageFormatElement, counted?: string): string {
  if (element.type === TYPE.literal) return element.value;
  if (element.type === TYPE.argument) return `{${element.value}}`;
  if (element.type === TYPE.pound) return `{${counted}}`;
  throw new Error(`${key}: the widget knows texts, names of values and one plural only`);
}
