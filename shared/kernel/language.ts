import * as z from 'zod';

/** Languages that pages and mails to supporters have all their texts in. Letters have languages of their own (`LanguageTag`). */
export const languages = ['en', 'fr', 'es', 'pt', 'ar', 'hi', 'zh', 'sw', 'ru', 'de'] as const;
export const Language = z.enum(languages).meta({ id: 'Language', description: 'BCP 47' });
export type Language = z.output<typeof Language>;

/** BCP 47, as a person may ask for; what the system speaks is found by `chooseLanguage`. */
export const LanguageTag = z
  .string()
  .regex(/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}$/, 'Give a language tag of BCP 47, such as en or pt-BR.');

/** One text in several languages; at least the campaign's default is there. */
export const Texts = z.partialRecord(Language, z.string().min(1));
export type Texts = z.output<typeof Texts>;

/** The first language wanted that is offered, as `findLanguage` finds it, else the fallback. */
export function chooseLanguage<L extends string>(
  wanted: Array<string | undefined>,
  offered: readonly L[],
  fallback: L,
): L {
  return findLanguage(wanted, offered) ?? fallback;
}

/**
 * The first language wanted that is offered: by whole tag, then by its primary language (`fr-CA` finds `fr`). `wanted`
 * holds language tags, or Accept-Language headers.
 */
export function findLanguage<L extends string>(
  wanted: Array<string | undefined>,
  offered: readonly L[],
): L | undefined {
  for (const tag of wanted.flatMap((list) => list?.split(',') ?? [])) {
    const [range = ''] = tag.trim().toLowerCase().split(';');
    const found =
      offered.find((language) => language.toLowerCase() === range) ??
      offered.find((language) => language === range.split('-')[0]);
    if (found) return found;
  }
  return undefined;
}

/** The text in the language, else in the fallback. */
export function inLanguage(texts: Texts, language: Language, fallback: Language): string {
  return texts[language] ?? texts[fallback] ?? '';
}

export type Direction = 'ltr' | 'rtl';

/** Scripts (ISO 15924) that are written from right to left. */
const rightToLeft = ['Adlm', 'Arab', 'Hebr', 'Nkoo', 'Rohg', 'Syrc', 'Thaa'];

/** The direction that a language (BCP 47) is written in. */
export function directionOf(language: string): Direction {
  return rightToLeft.includes(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}
