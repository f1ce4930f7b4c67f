import * as z from 'zod';
import { Jurisdiction } from '../../shared/kernel/jurisdiction.ts';
import { Letter, toLetterId } from './letter.ts';

/** A letter as its campaigners see it. The target's address is nobody's to read here. */
export const LetterView = z
  .strictObject({
    id: z.string(),
    version: z.int().describe('Counts the changes; its ETag is this in quotes'),
    number: z.string(),
    campaign: z.string(),
    target: z.string(),
    country: Jurisdiction,
    state: Letter.shape.state,
    reason: z.string().optional().describe('Why it failed, was cancelled, or waits for a person'),
    occasion: Letter.shape.occasion,
    text: z
      .strictObject({
        language: z.string(),
        version: z.int(),
        fallback: z.boolean().describe('True when the campaign has a text in none of the target’s languages'),
      })
      .optional()
      .describe('The text that it is written in'),
    requestedAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    pdf: z.strictObject({ sha256: z.string(), bytes: z.int(), url: z.string() }).optional(),
  })
  .meta({ id: 'Letter' });
export type LetterView = z.output<typeof LetterView>;

export const LetterQuery = z.strictObject({
  state: Letter.shape.state.optional().meta({ description: 'Only those in this state', example: 'composed' }),
  cursor: z
    .string()
    .regex(/^[0-9a-f]{24}$/, 'Give the cursor of the answer before, as it is.')
    .optional()
    .meta({ description: 'That of the answer before, to go on from there' }),
  // Those of one milestone of the whole world are on one page.
  limit: z.coerce.number().int().min(1).max(1_000).default(1_000),
});

export const LetterList = z
  .strictObject({
    letters: z.array(LetterView).describe('By their ids'),
    cursor: z.string().nullable().describe('To go on with; null at the end'),
  })
  .meta({ id: 'LetterList' });
export type LetterList = z.output<typeof LetterList>;

export function toLetterView(letter: Letter): LetterView {
  const id = toLetterId(letter);
  const { version, number, campaign, target, country, state, reason, occasion, text, pdf } = letter;
  return {
    id,
    version,
    number,
    campaign,
    target,
    country,
    state,
    ...(reason && { reason }),
    occasion,
    ...(text && { text }),
    requestedAt: new Date(letter.requestedAt).toISOString(),
    changedAt: new Date(letter.changedAt).toISOString(),
    ...(pdf && { pdf: { sha256: pdf.sha256, bytes: pdf.bytes, url: `/v1/letters/${id}/pdf` } }),
  };
}
