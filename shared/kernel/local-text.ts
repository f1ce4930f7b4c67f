import { matchLanguage } from './match-language.ts';

/** Words by language (BCP 47). */
type LocalTexts = Readonly<Record<string, string>>;

/** The words in a language, if they are there in it. */
export function inTongue(texts: LocalTexts | undefined, language: string): string | undefined {
  const found = texts && matchLanguage(language, Object.keys(texts));
  return found === undefined ? undefined : texts?.[found];
}

/** The same, else in English, else in whatever language they are there in. */
export function inTongueOrAny(texts: LocalTexts, language: string): string {
  return inTongue(texts, language) ?? inTongue(texts, 'en') ?? Object.values(texts)[0] ?? '';
}
