import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import { LetterText, type LetterTextVersion } from './letter-text.ts';

/** `PUT`: a text, in the place of the one that is there. */
export const LetterTextRequest = LetterText.extend({ reason: Reason.optional() }).meta({
  id: 'LetterTextRequest',
});

/** A version of a text as campaigners see it. */
export const LetterTextView = LetterText.extend({
  campaign: z.string(),
  language: z.string().describe('BCP 47'),
  version: z.int(),
  savedAt: z.iso.datetime(),
}).meta({ id: 'LetterTextVersion' });
export type LetterTextView = z.output<typeof LetterTextView>;

export const LetterTextList = z
  .strictObject({
    texts: z.array(LetterTextView).describe('The latest version of each language, by language'),
  })
  .meta({ id: 'LetterTextList' });
export type LetterTextList = z.output<typeof LetterTextList>;

export const TextQuery = z.strictObject({
  version: z.coerce
    .number()
    .pipe(z.int().min(1).max(999_999))
    .optional()
    .meta({ description: 'A version; else the latest', example: 3 }),
});

export function toTextView({ savedAt, ...text }: LetterTextVersion): LetterTextView {
  return { ...text, savedAt: new Date(savedAt).toISOString() };
}

/** RFC 9110, 8.8.3: names the version for If-Match. */
export function etagOf({ version }: Pick<LetterTextVersion, 'version'>): string {
  return `"${version}"`;
}
