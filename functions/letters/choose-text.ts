import { matchLanguage } from '../../shared/kernel/match-language.ts';
import type { LetterTextVersion } from './letter-text.ts';

/**
 * The text for an office that reads these languages (BCP 47), the first of them that there is a text in; else the text in
 * the campaign's default language, and then `fallback` is true. Undefined when there is neither.
 */
export function chooseText(
  wanted: string[],
  texts: LetterTextVersion[],
  defaultLanguage: string,
): { text: LetterTextVersion; fallback: boolean } | undefined {
  const written = firstText(wanted, texts);
  const text = written ?? firstText([defaultLanguage], texts);
  return text && { text, fallback: !written };
}

function firstText(wanted: string[], texts: LetterTextVersion[]): LetterTextVersion | undefined {
  const offered = texts.map(({ language }) => language);
  const found = wanted.map((tag) => matchLanguage(tag, offered)).find((tag) => tag !== undefined);
  return texts.find(({ language }) => language === found);
}
