import * as z from 'zod';
import { Language } from '../../shared/kernel/language.ts';
import { Role } from './member.ts';

/** How long the mailed link is good for (milliseconds). */
export const invitationLifetime = 7 * 24 * 60 * 60 * 1_000;

/** A role that is offered to whoever reads the mail of an address. Removed a day after it has expired. */
export const Invitation = z.object({
  id: z.string(),
  organisation: z.string(),
  /** In lower case. */
  invitedEmail: z.email(),
  role: Role,
  /** Of the mail. */
  language: Language,
  /** Milliseconds since the epoch: when it was mailed last, and when its link is over. */
  invitedAt: z.int(),
  expiresAt: z.int(),
  /** Address of whoever invited: an invitation is good for as long as they may invite. */
  by: z.string(),
  state: z.enum(['sent', 'accepted', 'withdrawn']),
  /** Links are good for the version that they were mailed for. */
  version: z.int().positive(),
});
export type Invitation = z.output<typeof Invitation>;

/** Whether it can be accepted now. */
export function isOpen({ state, expiresAt }: Invitation, now: number): boolean {
  return state === 'sent' && expiresAt > now;
}
