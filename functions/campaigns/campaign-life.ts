import { Problem } from '../../shared/kernel/problem.ts';
import type { Campaign } from './campaign.ts';
import { statusAt } from './publish-campaign.ts';

type Status = Campaign['status'];

/** The steps of a campaign's life after publishing: from which states each leads, and to which. The README prints it. */
export const steps = {
  pause: { from: ['scheduled', 'live'], to: ['paused'] },
  resume: { from: ['paused'], to: ['live', 'scheduled'] },
  close: { from: ['scheduled', 'live', 'paused'], to: ['closed'] },
  archive: { from: ['closed'], to: ['archived'] },
} as const satisfies Record<string, { from: Status[]; to: [Status, ...Status[]] }>;
export type Step = keyof typeof steps;

/**
 * The campaign after a step. Where it is already, nothing changes, so that a request whose answer was lost can be made
 * again. No step moves a time: what was paused closes when it would have.
 * @throws Problem `conflict` when the step does not lead on from where it is.
 */
export function takeStep(campaign: Campaign, step: Step, now: number): Campaign {
  const status = statusAt(campaign, now);
  const { from, to }: { from: readonly Status[]; to: readonly [Status, ...Status[]] } = steps[step];
  if (to.includes(status)) return campaign;
  if (!from.includes(status)) throw notFrom(status, step);
  return {
    ...campaign,
    status: to[0],
    ...(step === 'close' && { closedAt: new Date(now).toISOString() }),
  };
}

function notFrom(status: Status, step: Step): Problem {
  return new Problem('conflict', `This campaign is ${status}; ${step} does not apply. ${nextSteps(status)}`);
}

function nextSteps(status: Status): string {
  if (status === 'draft') return 'It can be published.';
  const names = Object.entries(steps)
    .filter(([, { from }]) => (from as readonly Status[]).includes(status))
    .map(([name]) => name);
  return names.length > 0 ? `What can be done with it: ${names.join(', ')}.` : 'It stays so.';
}
