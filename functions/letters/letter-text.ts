import * as z from 'zod';
import { LanguageTag } from '../../shared/kernel/language.ts';
import { type MessageKey, messageKeys } from './letter-messages.ts';

/** One line of text. Controls and bidirectional overrides are refused: they could make a page read otherwise than stored. */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]*$/u, 'Leave out control characters.');

export const ask = line(1_000);
export const message = line(2_000);
export const asksOf = <A extends z.ZodType<string>>(each: A) => z.array(each).min(1).max(10);

/**
 * What a campaign says in its letters in one language. `asks` and `messages` are ICU MessageFormat with the variables
 * of `letter-messages.ts`; the others are plain words, which messages name. A message that is not given is the system's
 * own, where the system has that language; in another language, all must be given.
 */
export const LetterText = z
  .strictObject({
    title: line(300),
    place: line(100).describe('Where letters are written'),
    role: line(200).describe("The signatory's role"),
    asks: asksOf(ask),
    messages: z.partialRecord(z.enum(messageKeys as [MessageKey, ...MessageKey[]]), message).default({}),
  })
  .meta({ id: 'LetterText' });
export type LetterText = z.output<typeof LetterText>;

/** What is kept of messages that there are no longer is left out. */
const keptMessages = z
  .record(z.string(), z.string())
  .transform(
    (kept): Partial<Record<MessageKey, string>> =>
      Object.fromEntries(messageKeys.flatMap((key) => (key in kept ? [[key, kept[key]]] : []))),
  );

/** A text as it is kept. A version never changes: another text is the next version. */
export const LetterTextVersion = LetterText.extend({
  messages: keptMessages,
  campaign: z.string(),
  language: LanguageTag,
  version: z.int().positive(),
  /** Milliseconds since the epoch. */
  savedAt: z.int(),
});
export type LetterTextVersion = z.output<typeof LetterTextVersion>;
