import { type Batch, withoutEvents } from './batch-changes.ts';
import { nextPace } from './pace.ts';
import { milestonesMet, type Thresholds } from './reach-milestones.ts';
import { emptyTally } from './tally.ts';
import { addReached, countBatch, getTally, type Setting } from './tally-store.ts';

/** Conflicts and throttles are retried in place until then (milliseconds); the queue's redelivery takes over. */
const patience = 6_000;

/** Counts what is not counted yet of a batch, whatever of it was delivered before, then reaches its milestones. */
export async function count(batch: Batch, thresholds: Thresholds, now: number): Promise<void> {
  const deadline = now + patience;
  let rest = batch;
  for (let attempt = 0; rest.changes.length > 0; attempt++) {
    const outcome = await countBatch(rest, await toSetting(rest, thresholds.world, now), now);
    if (outcome.counted) break;
    rest = withoutEvents(rest, outcome.known);
    if (!outcome.passing) continue;
    if (Date.now() > deadline)
      throw new Error(`${batch.campaign} could not be counted: conflicts or throttling`);
    await pause(attempt);
  }
  await reach(batch.campaign, thresholds, deadline);
}

async function toSetting(batch: Batch, goals: number[], now: number): Promise<Setting> {
  const before = (await getTally(batch.campaign)) ?? emptyTally(batch.campaign, goals);
  const signatures = batch.counters['s'] ?? 0;
  const total = (before.counters['s'] ?? 0) + signatures;
  const asOf = Math.max(before.asOf, ...batch.changes.map(({ at }) => at));
  return { asOf, goals, ...nextPace(before, signatures, total, goals, now) };
}

/** Looks also when nothing was left to count: a crash may have come between counting and this. */
async function reach(campaign: string, thresholds: Thresholds, deadline: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const tally = await getTally(campaign, { consistent: true });
    const milestones = tally ? milestonesMet(tally, thresholds) : [];
    if (!tally || milestones.length === 0 || (await addReached(tally, milestones, Date.now()))) return;
    if (Date.now() > deadline) throw new Error(`${campaign} moves too fast to reach its milestones`);
    await pause(attempt);
  }
}

/** Full jitter, up to 0.8 s. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(800, 25 * 2 ** attempt)));
}
