import { hourOf } from './batch-changes.ts';
import { listHours } from './hour-store.ts';
import { comparedUntil } from './recount.ts';
import { sumActions } from './recount-actions.ts';
import { repairGovernments } from './recount-governments.ts';
import { repairHour } from './recount-hours.ts';
import { logDifference } from './recount-log.ts';
import { countMissing } from './recount-missing.ts';
import type { RecountProgress } from './recount-progress.ts';
import { differingHours, type Place, type Sums, sumAt } from './recount-sums.ts';
import { repairTally } from './recount-tally.ts';
import { readUnit, type Unit } from './recount-unit.ts';

/**
 * Compares what is counted of a root campaign and its chapters with what its actions say, while counting goes on, and
 * sets it right: the hours by the actions, the tallies by their hours. Done twice, at once or again, it ends the same.
 */
export async function recountCampaign(progress: RecountProgress): Promise<void> {
  const { recount } = progress;
  const until = comparedUntil(recount);
  const unit = await readUnit(recount.campaign, Date.now());
  const sums = await sumActions(recount.campaign, until, progress);
  for (const campaign of sums.keys()) if (!unit.has(campaign)) logDifference('not a chapter', campaign);
  const places = await findDiffering(sums, unit, until, progress);
  if (places.length > 0) await repairPlaces(places, unit, until, progress);
  for (const [campaign, thresholds] of unit) {
    await repairGovernments(campaign, thresholds, until, progress);
    await repairTally(campaign, thresholds, progress);
    await progress.work();
  }
}

/** Hours that are over and do not hold what was summed up. */
async function findDiffering(
  sums: Sums,
  unit: Unit,
  until: number,
  progress: RecountProgress,
): Promise<Place[]> {
  const places: Place[] = [];
  for (const campaign of unit.keys()) {
    const stored = await listHours(campaign, { to: hourOf(until - 1), consistent: true });
    progress.compareHours(stored.length);
    places.push(...differingHours(sums, campaign, stored).map((hour) => ({ campaign, hour })));
    await progress.work();
  }
  return places;
}

/** First what was never counted, then what differs still. */
async function repairPlaces(
  places: Place[],
  unit: Unit,
  until: number,
  progress: RecountProgress,
): Promise<void> {
  const exact = await countMissing(places, unit, until, progress);
  for (const place of places) {
    await repairHour(place, sumAt(exact, place), progress);
    await progress.work();
  }
}
