import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Figures } from '../../shared/events/catalogue.ts';

/** Count of the world at the end of days (UTC), in order; the last is the count that the letter states. */
export const History = z.array(z.strictObject({ day: z.iso.date(), count: z.int().nonnegative() })).max(90);
export type History = z.output<typeof History>;

/** What one target is sent on one occasion. */
export const Letter = z.object({
  campaign: z.string(),
  /** Id within the campaign: made of the target and the occasion, so that asking twice finds the same letter. */
  letter: z.string(),
  version: z.int(),
  state: z.enum([
    'requested',
    'composed',
    'approved',
    'sending',
    'sent',
    'delivered',
    'bounced',
    'unknown',
    'failed',
  ]),
  /** Why it failed, or why it waits for a person: a code of ours. */
  reason: z.string().optional(),
  /** The reference that is printed on it. */
  number: z.string(),
  target: z.string(),
  country: z.string(),
  occasion: z.object({ scope: z.string(), threshold: z.int() }),
  /** Frozen when the milestone was reached. */
  figures: Figures,
  history: History,
  /** Times in milliseconds since the epoch. */
  requestedAt: z.int(),
  changedAt: z.int(),
  /** The campaign's text that it is written in; a fallback is in none of the target's languages. */
  text: z.object({ language: z.string(), version: z.int(), fallback: z.boolean() }).optional(),
  pdf: z.object({ key: z.string(), sha256: z.string(), bytes: z.int() }).optional(),
  messageId: z.string().optional(),
});
export type Letter = z.output<typeof Letter>;

/** Key and reference of the letter to a target on an occasion. */
export function identifyLetter(
  campaign: string,
  target: string,
  { scope, threshold }: Letter['occasion'],
  at: number,
) {
  const hash = createHash('sha256').update(`${campaign}|${target}|${scope}|${threshold}`).digest();
  const initials = campaign
    .split('-')
    .map((word) => word[0])
    .join('')
    .slice(0, 5)
    .toUpperCase();
  return {
    letter: hash.toString('hex', 0, 12),
    number: `${initials}-${new Date(at).getUTCFullYear()}-${toBase32(hash)}`,
  };
}

/** Id of a letter in addresses and in tags of mails. SES takes only letters, digits, `_` and `-` there; no slug has a `_`. */
export function toLetterId({ campaign, letter }: Pick<Letter, 'campaign' | 'letter'>): string {
  return `${campaign}_${letter}`;
}

export function fromLetterId(id: string): Pick<Letter, 'campaign' | 'letter'> {
  const [campaign = '', letter = ''] = id.split('_');
  return { campaign, letter };
}

/** Eight signs that nobody mistakes for each other on paper. */
function toBase32(hash: Buffer): string {
  const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  return [...hash.subarray(12, 20)].map((byte) => signs[byte % signs.length]).join('');
}
