import { type CatalogueEvent, type Figures, toEvent } from '../../shared/events/catalogue.ts';
import { listHours } from './hour-store.ts';
import type { PublicTally } from './public-tally.ts';
import { toSignerIds } from './recent-signers.ts';
import { recountNews, toRecount } from './recount.ts';
import { requireCampaign } from './require-campaign.ts';
import { countOf, emptyTally, type Tally, toFigures, toPublicTally } from './tally.ts';
import { getTally, toTally } from './tally-store.ts';

/**
 * The stored tally; before anything is counted, that of the campaign with nothing counted.
 * @throws Problem `not-found` when there is no such campaign.
 */
export async function readTally(campaign: string, now: number, { consistent = false } = {}): Promise<Tally> {
  const tally = await getTally(campaign, { consistent });
  if (tally) return tally;
  const { milestones } = await requireCampaign(campaign, now);
  return emptyTally(campaign, milestones.world);
}

/** Whether anything was ever counted for the campaign, as it is stored now; a draft, too, may be asked about. */
export async function isCounted(campaign: string): Promise<boolean> {
  const tally = await getTally(campaign, { consistent: true });
  return tally !== undefined && tally.asOf > 0;
}

export async function readPublicTally(campaign: string, now: number): Promise<PublicTally> {
  return toPublicTally(await readTally(campaign, now));
}

/** What counts in a campaign by each of its partners: asked by their codes. */
export async function readPartnerCounts(
  campaign: string,
): Promise<(partner: string) => { signatures: number; pledges: number }> {
  const { counters = {} } = (await getTally(campaign)) ?? {};
  return (partner) => ({
    signatures: countOf(counters, `s+${partner}`),
    pledges: countOf(counters, `p+${partner}`),
  });
}

/** The counts as they stand now, as a milestone would freeze them, and the milestones of the world. */
export async function readStanding(
  campaign: string,
  now: number,
): Promise<{ figures: Figures; goals: PublicTally['goals'] }> {
  const tally = await readTally(campaign, now);
  return { figures: toFigures(tally), goals: toPublicTally(tally).goals };
}

/**
 * The tally, and with it the ids of the ten signatures at most that were confirmed last by supporters who chose to be
 * shown, newest first. These are for functions, never for the public: who of them is to be shown by now, and by what
 * name, is for the actions room to say.
 */
export async function readTallyAndSigners(
  campaign: string,
  now: number,
): Promise<{ tally: PublicTally; signers: string[] }> {
  const tally = await readTally(campaign, now);
  return { tally: toPublicTally(tally), signers: tally.recent ? toSignerIds(tally.recent) : [] };
}

/** Signatures that counted at the end of each day (UTC) on which their number changed, up to a time in milliseconds. */
export async function readDailyCounts(
  campaign: string,
  until: number,
): Promise<{ day: string; count: number }[]> {
  const to = new Date(until).toISOString().slice(0, 13);
  const hours = await listHours(campaign, { to, only: ['s'] });
  let count = 0n;
  return [...Map.groupBy(hours, ({ hour }) => hour.slice(0, 10))].map(([day, its]) => {
    for (const { counters } of its) count += counters['s'] ?? 0n;
    return { day, count: countOf({ s: count }, 's') };
  });
}

type Item = Record<string, unknown>;

/**
 * The news in a change of an item of the Tallies table, for the outbox: a recount that is asked for, and milestones,
 * which come only from growth of `reached`.
 */
export function tallyNews(before: unknown, after: unknown): CatalogueEvent[] {
  if ((after as Item)['sk'] === 'recount')
    return recountNews(
      before === undefined ? undefined : toRecount(before as Item),
      toRecount(after as Item),
    );
  const now = toTally(after as Item);
  const old = before === undefined ? new Set<string>() : toTally(before as Item).reached;
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
