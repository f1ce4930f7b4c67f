import type { Campaign } from '../campaigns/read.ts';

/** How long after closing a campaign is recounted nightly (milliseconds): confirmations are taken for a day. */
const afterClosing = 2 * 24 * 60 * 60 * 1_000;
const sunday = 0;

/**
 * Root campaigns that are recounted tonight: nightly while they, or one of their chapters, are live, paused or closed
 * for at most two days; those closed for longer on Sundays (UTC). What is a draft, scheduled or archived stands still.
 * @param campaigns all of them, in the states that they are in now
 */
export function dueRecounts(campaigns: Campaign[], now: number): string[] {
  const due = campaigns.filter((campaign) => isDue(campaign, now));
  const roots = new Set(due.map(({ slug, partOf }) => partOf ?? slug));
  return [...roots].sort();
}

function isDue({ status, closesAt, closedAt }: Campaign, now: number): boolean {
  if (status === 'live' || status === 'paused') return true;
  if (status !== 'closed') return false;
  const closing = closedAt ?? closesAt;
  const isFresh = closing !== undefined && now < Date.parse(closing) + afterClosing;
  return isFresh || new Date(now).getUTCDay() === sunday;
}
