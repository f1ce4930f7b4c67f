import { type Batch, withoutEvents } from './batch-changes.ts';
import { nextPace } from './pace.ts';
import { milestonesMet, type Thresholds } from './reach-milestones.ts';
import { nextSigners } from './recent-signers.ts';
import { add, countOf, emptyTally, type Tally } from './tally.ts';
import { getTally, type Setting, writeCount } from './tally-store.ts';

/** Conflicts and throttles are retried in place until then (milliseconds); the queue's redelivery takes over. */
const patience = 6_000;

/**
 * Counts what is not counted yet of a batch, whatever of it was delivered before, and reaches the milestones that the
 * tally then meets: all in one transaction, which holds only on the tally that it was made for.
 */
export async function count(batch: Batch, thresholds: Thresholds, now: number): Promise<void> {
  const deadline = Date.now() + patience;
  let rest = batch;
  for (let attempt = 0; ; attempt++) {
    const before =
      (await getTally(batch.campaign, { consistent: true })) ?? emptyTally(batch.campaign, thresholds.world);
    const setting = toSetting(before, rest, thresholds, now);
    if (rest.changes.length === 0 && setting.reached.length === 0) return;
    const outcome = await writeCount(rest, before, setting, now);
    if (outcome.counted) return;
    rest = withoutEvents(rest, outcome.known);
    if (!outcome.passing) continue;
    if (Date.now() > deadline)
      throw new Error(`${batch.campaign} could not be counted: conflicts or throttling`);
    await pause(attempt);
  }
}

function toSetting(before: Tally, batch: Batch, thresholds: Thresholds, now: number): Setting {
  const counters = add({ ...before.counters }, batch.counters);
  const signatures = Number(batch.counters['s'] ?? 0n);
  const signers = batch.changes.flatMap(({ signer }) => signer ?? []);
  const asOf = Math.max(before.asOf, ...batch.changes.map(({ at }) => at));
  return {
    asOf,
    goals: thresholds.world,
    ...nextPace(before, signatures, countOf(counters, 's'), thresholds.world, now),
    reached: milestonesMet({ counters, reached: before.reached }, thresholds),
    recent: signers.length > 0 ? nextSigners(before.recent, signers) : undefined,
  };
}

/** Full jitter, up to 0.8 s. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(800, 25 * 2 ** attempt)));
}
