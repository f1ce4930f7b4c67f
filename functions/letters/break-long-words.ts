/** Letters that a line cannot end between. Scripts without spaces between words are broken by the typesetter itself. */
const longWord =
  /(?:(?!\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}|\p{Script=Thai})[\p{L}\p{M}\p{N}_]){32,}/gu;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Words too long for the narrowest column of a letter, with zero-width spaces every 12 letters, where a line may end. */
export function breakLongWords(text: string): string {
  return text.replace(longWord, (word) =>
    [...graphemes.segment(word)]
      .map(({ segment }, at) => (at > 0 && at % 12 === 0 ? `\u200b${segment}` : segment))
      .join(''),
  );
}
