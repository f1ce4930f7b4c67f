/**
 * `missing-glyph`: a character of the letter is in none of its fonts. `not-typeset`: anything else typst refused.
 * `invalid-content`: what the campaign or the target says does not fit a letter. `no-text`: the campaign has no words in a
 * language of the target's nor in its own, or some of them are missing.
 */
export type LetterErrorCode = 'missing-glyph' | 'not-typeset' | 'invalid-content' | 'no-text';

/** Why a letter could not be set. `facts` are the characters without a glyph, or what typst said. */
export interface LetterError extends Error {
  name: 'LetterError';
  code: LetterErrorCode;
  letter: string;
  facts: string[];
}

const sentences: Record<LetterErrorCode, string> = {
  'missing-glyph': 'no font of the letter can show',
  'not-typeset': 'the letter cannot be typeset:',
  'invalid-content': 'these parts do not fit a letter:',
  'no-text': 'the campaign has no words for it:',
};

export function letterError(code: LetterErrorCode, letter: string, facts: string[]): LetterError {
  const error = new Error(`Letter ${letter}: ${sentences[code]} ${facts.join(' ')}`);
  return Object.assign(error, { name: 'LetterError' as const, code, letter, facts });
}

export function isLetterError(error: unknown): error is LetterError {
  return error instanceof Error && error.name === 'LetterError';
}
