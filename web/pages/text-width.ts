/**
 * About how wide a text is (CSS pixels) in a font of this size, as wide as Verdana: for pictures that have to fit a
 * text before anybody has drawn it.
 */
export function textWidth(text: string, fontSize: number, { bold = false } = {}): number {
  const ems = [...text].reduce((sum, character) => sum + emsOf(character), 0);
  return ems * fontSize * (bold ? 1.12 : 1);
}

/** Widths in ems by what a character is; the first that fits counts. */
const widths: Array<[of: RegExp, ems: number]> = [
  // Marks stand over letters, and controls nowhere.
  [/\p{M}|\p{C}/u, 0],
  [/[.,:;'’!|ilI]/, 0.36],
  [/[\s()[\]frtjJ-]/, 0.42],
  [/[mwMW@%]/, 0.98],
  [/[жмфшщыюЖМФШЩЫЮ]/, 0.88],
  [/\p{Lu}/u, 0.7],
  [/\p{N}/u, 0.64],
  [/\p{Script=Arabic}/u, 0.52],
  [/\p{Script=Cyrillic}/u, 0.65],
  [/\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Extended_Pictographic}/u, 1],
];

function emsOf(character: string): number {
  return widths.find(([of]) => of.test(character))?.[1] ?? 0.62;
}
