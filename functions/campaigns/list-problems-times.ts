import type { Campaign } from './campaign.ts';
import { blocks, type CampaignProblem, warns } from './campaign-problem.ts';
import { statusAt } from './publish-campaign.ts';

const dayLength = 24 * 60 * 60 * 1_000;

/** What is wrong with when it opens and closes. */
export function listTimeProblems({ status, opensAt, closesAt }: Campaign, now: number): CampaignProblem[] {
  if (closesAt === undefined) return [];
  const [opens, closes] = [Date.parse(opensAt), Date.parse(closesAt)];
  if (closes <= opens)
    return [
      blocks('opens-after-closing', 'It closes before it opens: correct the times.', { pointer: '/opensAt' }),
    ];
  // What has been published may have had its time.
  if (status !== 'draft') return [];
  const place = { pointer: '/closesAt' };
  if (closes <= now)
    return [blocks('closes-in-past', 'It closes in the past: nobody could sign. Give a later time.', place)];
  const open = closes - Math.max(opens, now);
  return open < dayLength
    ? [warns('closes-soon', 'It is open for less than a day: look whether this is meant.', place)]
    : [];
}

/** The same beside the campaign that it is a chapter of. */
export function listRootTimeProblems(
  { closesAt }: Campaign,
  root: Campaign | undefined,
  now: number,
): CampaignProblem[] {
  if (!root) return [];
  if (['closed', 'archived'].includes(statusAt(root, now))) {
    const message = `The campaign that it is a chapter of, ${root.slug}, is over.`;
    return [blocks('root-closed', message, { pointer: '/partOf' })];
  }
  const { closesAt: last } = root;
  if (last === undefined || (closesAt !== undefined && Date.parse(closesAt) <= Date.parse(last))) return [];
  const message = `The campaign that it is a chapter of closes before, at ${last}: agree with its organisers.`;
  return [warns('closes-after-root', message, { pointer: '/closesAt' })];
}
