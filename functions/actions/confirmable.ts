import { type Campaign, decideBy } from '../campaigns/read.ts';
import { linkLifetime } from './action.ts';
import { requireConfirmable } from './take-action.ts';

/**
 * Goes on while the campaign takes the confirmation that a link asks for. What it asks changes only in a pause: while a
 * function remembers one, the campaign decides as it is stored, read 1 s ago at most.
 * @throws Problem as `requireConfirmable`.
 */
export async function requireTaken(
  { campaign, expiresAt }: { campaign: string; expiresAt: number },
  now: number,
): Promise<void> {
  const askedAt = expiresAt - linkLifetime;
  await decideBy(campaign, now, (found) => requireConfirmable(found, askedAt, now), isPaused);
}

function isPaused(campaign: Campaign | undefined): boolean {
  return campaign?.status === 'paused';
}
