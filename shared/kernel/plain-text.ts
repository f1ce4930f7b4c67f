import * as z from 'zod';
import { Language } from './language.ts';

/** Controls, halves of characters, line separators, and what overrides the direction of what follows; joiners are none of it. */
const unsafe = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
/** Joiners and marks alone: nothing that a reader could see. */
const unseen = /^[\p{Cf}\p{Z}\p{M}]+$/u;

interface Options {
  /** Whether it may have several lines. */
  lines?: boolean;
}

/**
 * Words that people will read as they are stored: of `max` UTF-16 code units at most, without blanks around them, and with a
 * line feed alone between lines. For requests; what is stored already is read by its own schema.
 */
export function plainText(max: number, { lines = false }: Options = {}) {
  return z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n').trim())
    .min(1, 'Write something; blanks alone say nothing.')
    .max(max)
    .refine((text) => !unseen.test(text), {
      error: 'Write something that can be seen.',
      params: { code: 'unsafe-characters' },
    })
    .refine((text) => !unsafe.test(lines ? text.replaceAll('\n', ' ') : text), {
      error: lines
        ? 'Leave out control characters, tabs among them.'
        : 'Write it in one line, without control characters.',
      params: { code: 'unsafe-characters' },
    });
}

/** The same in several languages. */
export function plainTexts(...text: Parameters<typeof plainText>) {
  return z.partialRecord(Language, plainText(...text));
}
