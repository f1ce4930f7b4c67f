import { type FieldError, Problem } from '../../shared/kernel/problem.ts';
import { forgottenAfter } from './ask.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignSettings } from './campaign-settings.ts';
import { toInstant, toLocal } from './campaign-times.ts';
import { statusAt } from './publish-campaign.ts';

/** UTC. */
type Times = Pick<Campaign, 'opensAt' | 'closesAt'>;
type LocalTimes = Pick<CampaignSettings, 'opensAt' | 'closesAt' | 'timeZone'>;

/** The moments that are meant; one that is there already, and reads the same, stays exactly what it is. */
export function toTimes({ opensAt, closesAt, timeZone }: LocalTimes, stored: Partial<Times>): Times {
  const toUtc = (local: string, known: string | undefined) =>
    known && toLocal(Date.parse(known), timeZone) === local
      ? known
      : new Date(toInstant(local, timeZone)).toISOString();
  return {
    opensAt: toUtc(opensAt, stored.opensAt),
    ...(closesAt && { closesAt: toUtc(closesAt, stored.closesAt) }),
  };
}

/** What of its times no campaign can have. An opening that is past means at once. */
export function timeErrors(stored: Partial<Campaign>, next: Times, now: number): FieldError[] {
  if (!next.closesAt) return [];
  const closing = Date.parse(next.closesAt);
  const isMoved = stored.status === 'draft' || next.closesAt !== stored.closesAt;
  if (isMoved && closing <= now)
    return [
      wrong('in-the-past', 'This is over already: give a later time; what is live is closed by /close.'),
    ];
  if (closing <= Date.parse(next.opensAt))
    return [wrong('closes-before-opening', 'It would close before it opens: give a time after that.')];
  return [];
}

/**
 * @throws Problem `conflict` when times of a published campaign are changed that have come already, or an opening that
 * functions will remember when it would have come: what is said to open later is open nowhere.
 */
export function refuseChangedPast(
  stored: Campaign,
  next: Times & Pick<Campaign, 'timeZone'>,
  now: number,
): void {
  if (stored.status === 'draft') return;
  const isOver = statusAt(stored, now) === 'closed';
  if (isOver && (next.opensAt !== stored.opensAt || next.closesAt !== stored.closesAt))
    throw new Problem('conflict', `This campaign is closed: its times stay${inZone(stored, next)}.`);
  if (next.opensAt !== stored.opensAt && Date.parse(stored.opensAt) <= now + forgottenAfter)
    throw new Problem(
      'conflict',
      `This campaign has opened already, or does within a minute: opensAt stays${inZone(stored, next)}.`,
    );
}

/** The stored times as they are to be sent in the zone that was sent, which may be a new one. */
function inZone({ opensAt, closesAt }: Times, { timeZone }: Pick<Campaign, 'timeZone'>): string {
  const local = (utc: string) => toLocal(Date.parse(utc), timeZone);
  const closing = closesAt ? `, closesAt ${local(closesAt)}` : '';
  return ` what it is; in ${timeZone} that is opensAt ${local(opensAt)}${closing}`;
}

function wrong(code: string, message: string): FieldError {
  return { pointer: '/closesAt', code, message };
}
