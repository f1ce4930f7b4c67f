import { type CatalogueEvent, toEvent } from '../../shared/events/catalogue.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { readCampaign } from '../campaigns/read.ts';
import type { PublicTally } from './public-tally.ts';
import { emptyTally, type Tally, toFigures, toPublicTally } from './tally.ts';
import { getTally, toTally } from './tally-store.ts';

/**
 * The stored tally; before anything is counted, that of the campaign with nothing counted.
 * @throws Problem `not-found` when there is no such campaign.
 */
export async function readTally(campaign: string, now: number): Promise<Tally> {
  const tally = await getTally(campaign);
  if (tally) return tally;
  const found = await readCampaign(campaign, now);
  if (!found || found.status === 'draft')
    throw new Problem('not-found', 'There is no such campaign; check its address.');
  return emptyTally(campaign, found.milestones.world);
}

export async function readPublicTally(campaign: string, now: number): Promise<PublicTally> {
  return toPublicTally(await readTally(campaign, now));
}

/** The news in a change of an item of the Tallies table, for the outbox: milestones come only from growth of `reached`. */
export function tallyNews(before: unknown, after: unknown): CatalogueEvent[] {
  const now = toTally(after as Record<string, unknown>);
  const old = before === undefined ? new Set<string>() : toTally(before as Record<string, unknown>).reached;
  return [...now.reached]
    .filter((milestone) => !old.has(milestone))
    .map((milestone) => toMilestoneReached(now, milestone));
}

function toMilestoneReached(tally: Tally, milestone: string): CatalogueEvent {
  const [scope = '', threshold] = milestone.split('#');
  return toEvent('MilestoneReached', {
    id: `${tally.campaign}:${scope}:${threshold}`,
    at: new Date(tally.reachedAt ?? 0).toISOString(),
    campaign: tally.campaign,
    scope,
    threshold: Number(threshold),
    figures: toFigures(tally),
  });
}
