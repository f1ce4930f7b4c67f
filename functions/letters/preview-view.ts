import * as z from 'zod';
import { LanguageTag } from '../../shared/kernel/language.ts';

export const PreviewQuery = z.object({
  target: z.string().meta({
    description: 'Id of an office that the campaign writes to',
    example: 'ke-health',
  }),
  lang: z.string().optional().meta({
    description:
      'A language that the campaign has a letter text in; else the one that the office would be written to in',
    example: 'sw',
  }),
  format: z.enum(['pdf', 'json'], { error: 'Give pdf or json.' }).optional(),
});

/** Codes of what a letter lacks, or of what a person has to see to. */
const MissingCode = z.enum([
  'no-text',
  'no-address',
  'address-bounced',
  'no-postal-address',
  'no-holder',
  'term-ended',
  'no-salutation',
  'no-office-name',
  'no-phone',
  'requirements',
  'not-by-email',
  'no-signatures',
  'missing-glyph',
  'not-typeset',
  'invalid-content',
]);

const Missing = z
  .strictObject({ code: MissingCode, message: z.string().describe('What to do about it, in English') })
  .meta({ id: 'MissingInLetter' });
export type Missing = z.output<typeof Missing>;

/** A letter as it would be sent now, but for its words. */
export const LetterPreview = z
  .strictObject({
    campaign: z.string(),
    target: z.string(),
    language: LanguageTag.nullable().describe('Null when the campaign has no text to write it in'),
    textVersion: z.int().positive().nullable(),
    fallback: z.boolean().describe('True when the text is in none of the languages of the office'),
    missing: z.array(Missing),
    pdf: z
      .strictObject({ bytes: z.int().positive(), url: z.string() })
      .nullable()
      .describe('Null when it cannot be typeset: `missing` says why'),
  })
  .meta({ id: 'LetterPreview' });
export type LetterPreview = z.output<typeof LetterPreview>;
