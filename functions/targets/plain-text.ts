import * as z from 'zod';

/**
 * Characters that no text may hold: controls, U+2028 and U+2029, which end a line, and those that set the direction of
 * writing, by which a page could read otherwise than it is stored. Markup is no matter: it is printed as it is written.
 */
const forbidden = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Stands for a character that was lost when a file was read in a wrong encoding. */
const lost = '\ufffd';

/** One line of plain text. */
export function line(max: number) {
  return text(max, (value) => forbidden.test(value));
}

/** Several lines of it, divided by `\n`. */
export function lines(max: number) {
  return text(max, (value) => forbidden.test(value.replaceAll('\n', '')));
}

function text(max: number, isForbidden: (value: string) => boolean) {
  return z
    .string('Give a text.')
    .trim()
    .min(1, 'Give a text, or leave the field out.')
    .max(max, `Give at most ${max} characters.`)
    .refine((value) => !value.includes(lost), {
      error: 'A character was lost in the encoding of the file: save it as UTF-8.',
      params: { code: 'not-utf-8' },
    })
    .refine((value) => !isForbidden(value), {
      error: 'Leave out control characters, and those that set the direction of writing.',
      params: { code: 'forbidden-character' },
    });
}
