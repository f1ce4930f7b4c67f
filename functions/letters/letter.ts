import { createHash, createHmac } from 'node:crypto';
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
    'cancelled',
  ]),
  /** Why it failed, was cancelled or waits for a person: a code of ours, or of SES. */
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
  /** Names as the letter has them, in its language: those in the registry may change later. */
  named: z.object({ office: z.string(), organisations: z.array(z.string()) }).optional(),
  pdf: z.object({ key: z.string(), sha256: z.string(), bytes: z.int() }).optional(),
  messageId: z.string().optional(),
  /** The mail that its state speaks of, by the version that claimed it: tried again, a letter has several. */
  attempt: z.int().optional(),
  /** The last of its mails that bounced. */
  bounced: z.int().optional(),
});
export type Letter = z.output<typeof Letter>;

/**
 * Key and reference of the letter to a target on an occasion. Whoever knows a reference may see what became of the
 * letter: so it is made with the campaign's salt, and nobody can work it out who has not seen it.
 */
export function identifyLetter(
  { slug, salt }: { slug: string; salt: string },
  target: string,
  { scope, threshold }: Letter['occasion'],
  at: number,
) {
  const identity = `${slug}|${target}|${scope}|${threshold}`;
  return {
    letter: createHash('sha256').update(identity).digest('hex').slice(0, 24),
    number: toNumber(slug, at, toSigns(createHmac('sha256', salt).update(`letter|${identity}`).digest())),
  };
}

/** A reference: the campaign's initials, the year, and what tells the letter from others. */
export function toNumber(slug: string, at: number, signs: string): string {
  const initials = slug
    .split('-')
    .map((word) => word[0])
    .join('')
    .slice(0, 5)
    .toUpperCase();
  return `${initials}-${new Date(at).getUTCFullYear()}-${signs}`;
}

/** Id of a letter in addresses. No slug has a `_`. */
export function toLetterId({ campaign, letter }: Pick<Letter, 'campaign' | 'letter'>): string {
  return `${campaign}_${letter}`;
}

export function fromLetterId(id: string): Pick<Letter, 'campaign' | 'letter'> {
  const [campaign = '', letter = ''] = id.split('_');
  return { campaign, letter };
}

/** Tag of one of a letter's mails. SES takes only letters, digits, `_` and `-` there. */
export function toMailTag(letter: Pick<Letter, 'campaign' | 'letter'>, attempt: number): string {
  return `${toLetterId(letter)}_${attempt}`;
}

/** Mails of before attempts were told apart have none. */
export function fromMailTag(tag: string): Pick<Letter, 'campaign' | 'letter' | 'attempt'> {
  const [, , attempt] = tag.split('_');
  return { ...fromLetterId(tag), ...(attempt && { attempt: Number(attempt) }) };
}

/** Eight signs that nobody mistakes for each other on paper. */
function toSigns(hash: Buffer): string {
  const signs = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  return [...hash.subarray(0, 8)].map((byte) => signs[byte % signs.length]).join('');
}
