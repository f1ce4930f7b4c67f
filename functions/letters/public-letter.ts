import * as z from 'zod';
import { Country } from '../../shared/kernel/iso.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { readCampaign } from '../campaigns/read.ts';
import { requirePermission } from '../members/read.ts';
import { fromLetterId, Letter, toLetterId } from './letter.ts';
import { getLetter } from './letter-store.ts';

/** A letter as its campaigners see it. The target's address is nobody's to read here. */
export const LetterView = z
  .strictObject({
    id: z.string(),
    number: z.string(),
    campaign: z.string(),
    target: z.string(),
    country: Country,
    state: Letter.shape.state,
    reason: z.string().optional(),
    occasion: Letter.shape.occasion,
    language: z.string().optional(),
    requestedAt: z.iso.datetime(),
    changedAt: z.iso.datetime(),
    pdf: z.strictObject({ sha256: z.string(), bytes: z.int(), url: z.string() }).optional(),
  })
  .meta({ id: 'Letter' });
export type LetterView = z.output<typeof LetterView>;

export function toLetterView(letter: Letter): LetterView {
  const id = toLetterId(letter);
  const { number, campaign, target, country, state, reason, occasion, language, pdf } = letter;
  return {
    id,
    number,
    campaign,
    target,
    country,
    state,
    ...(reason && { reason }),
    occasion,
    ...(language && { language }),
    requestedAt: new Date(letter.requestedAt).toISOString(),
    changedAt: new Date(letter.changedAt).toISOString(),
    ...(pdf && { pdf: { sha256: pdf.sha256, bytes: pdf.bytes, url: `/v1/letters/${id}/pdf` } }),
  };
}

/** @throws Problem `not-found` when there is no such letter, and to whom it is not to be known. */
export async function requireLetter(
  id: string,
  claims: Record<string, unknown>,
  now: number,
): Promise<Letter> {
  const key = fromLetterId(id);
  await requireCampaign(key.campaign, claims, now);
  const letter = key.letter ? await getLetter(key) : undefined;
  if (!letter) throw new Problem('not-found', 'There is no such letter.');
  return letter;
}

/** @throws Problem as `requirePermission`, and `not-found` when there is no such campaign. */
export async function requireCampaign(
  slug: string,
  claims: Record<string, unknown>,
  now: number,
): Promise<void> {
  const campaign = slug ? await readCampaign(slug, now) : undefined;
  if (!campaign) throw new Problem('not-found', 'There is nothing here for you.');
  await requirePermission(claims, 'readLetters', campaign.owner);
}
