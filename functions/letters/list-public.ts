import * as z from 'zod';
import { utcDay } from '../../shared/kernel/utc-day.ts';
import { Letter } from './letter.ts';
import type { PublicLetterState } from './letter-proof.ts';
import { isPublic, publicStateOf } from './public-letter.ts';

/** What is read of a letter to say what became of it. */
export const LetterFacts = Letter.pick({
  country: true,
  state: true,
  reason: true,
  requestedAt: true,
  changedAt: true,
}).extend({
  pdf: z.object({}).optional(),
  text: z.object({ language: z.string() }).optional(),
  named: z.object({ office: z.string() }).optional(),
});
export type LetterFacts = z.output<typeof LetterFacts>;

/** How many of a campaign's letters a page can have. */
const most = 200;

/** What became of a campaign's public letters, the newest first. Their numbers are told only to those who hold them. */
export function listPublic(letters: LetterFacts[]): PublicLetterState[] {
  return letters
    .filter((letter) => isPublic(letter))
    .sort((a, b) => b.requestedAt - a.requestedAt)
    .slice(0, most)
    .map((letter) => ({
      office: letter.named.office,
      language: letter.text.language,
      country: letter.country,
      date: utcDay(letter.requestedAt),
      state: publicStateOf(letter),
      since: new Date(letter.changedAt).toISOString(),
    }));
}
