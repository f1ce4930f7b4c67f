import type { Direction } from '../../shared/kernel/language.ts';

const rightToLeft =
  /\p{Script=Arabic}|\p{Script=Hebrew}|\p{Script=Syriac}|\p{Script=Thaana}|\p{Script=Nko}|\p{Script=Adlam}/u;
const leftToRight = /(?!\p{Script=Arabic}|\p{Script=Hebrew})[\p{L}\p{N}]/u;

/**
 * Words of one direction inside a text of the other, so that neither their brackets nor the full stop behind them change
 * sides: a first strong isolate (https://unicode.org/reports/tr9/#Explicit_Directional_Isolates).
 */
export function isolate(words: string, around: Direction): string {
  const foreign = around === 'rtl' ? leftToRight : rightToLeft;
  return foreign.test(words) ? `\u2068${words}\u2069` : words;
}

/** The same for what is read from left to right everywhere: a reference, an address, a telephone number. */
export function isolateCode(code: string, around: Direction): string {
  return around === 'rtl' ? `\u2066${code}\u2069` : code;
}
