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
 * again; but of what was paused before `pausedAt` was kept, the pause begins then. No step moves a time: what was paused
 * closes when it would have.
 * @throws Problem `conflict` when the step does not lead on from where it is.
 */
export function takeStep(campaign: Campaign, step: Step, now: number): Campaign {
  const status = statusAt(campaign, now);
  const { from, to }: { from: readonly Status[]; to: readonly [Status, ...Status[]] } = steps[step];
  const at = new Date(now).toISOString();
  if (to.includes(status))
    return step === 'pause' && !campaign.pausedAt ? { ...campaign, pausedAt: at } : campaign;
  if (!from.includes(status)) throw notFrom(status, step);
  const { pausedAt: _pausedAt, heldSince: _heldSince, ...rest } = campaign;
  return {
    ...rest,
    status: to[0],
    ...(step === 'pause' && { pausedAt: at }),
    ...(step === 'close' && { closedAt: at }),
  };
}

const done: Record<Step, string> = {
  pause: 'paused',
  resume: 'resumed',
  close: 'closed',
  archive: 'archived',
};

function notFrom(status: Status, step: Step): Problem {
  const is = status === 'draft' ? 'a draft' : status;
  const detail = `This campaign is ${is} and cannot be ${done[step]}. ${nextSteps(status)}`;
  return new Problem('conflict', detail);
}

function nextSteps(status: Status): string {
  if (status === 'draft') return 'It can be published.';
  const names = Object.entries(steps)
    .filter(([, { from }]) => (from as readonly Status[]).includes(status))
    .map(([name]) => done[name as Step]);
  if (names.length === 0) return 'It stays as it is.';
  return `It can be ${new Intl.ListFormat('en', { type: 'disjunction' }).format(names)}.`;
}
