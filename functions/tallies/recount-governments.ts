import { type LetterTimes, readLetterTimes } from '../letters/read.ts';
import { batchChanges } from './batch-changes.ts';
import { count } from './count-batch.ts';
import type { Thresholds } from './reach-milestones.ts';
import { logDifference } from './recount-log.ts';
import type { RecountProgress } from './recount-progress.ts';
import type { Change } from './tally.ts';
import { getTally } from './tally-store.ts';

/** Adds to a tally the governments that have letters and are not in it. None is ever taken away. */
export async function repairGovernments(
  campaign: string,
  thresholds: Thresholds,
  until: number,
  progress: RecountProgress,
): Promise<void> {
  const missing = await findMissing(campaign, until, progress.recount.requestVersion);
  if (missing.length === 0) return;
  logDifference('governments', campaign);
  await progress.find('governments', missing.length);
  for (const batch of batchChanges(missing)) await count(batch, thresholds, Date.now());
}

async function findMissing(campaign: string, until: number, request: number): Promise<Change[]> {
  const letters = await readLetterTimes(campaign);
  const tally = await getTally(campaign, { consistent: true });
  return (['targeted', 'delivered'] as const).flatMap((set) => {
    const told = letters.filter((letter) => timeOf(letter, set) < until).map(({ target }) => target);
    const missing = [...new Set(told)].filter((target) => !tally?.[set].has(target));
    return missing.map((member) => ({
      id: `recount:${campaign}:${request}:${set}:${member}`,
      campaign,
      at: 0,
      counters: {},
      members: { set, member },
    }));
  });
}

function timeOf({ requestedAt, deliveredAt }: LetterTimes, set: 'targeted' | 'delivered'): number {
  return set === 'targeted' ? requestedAt : (deliveredAt ?? Number.POSITIVE_INFINITY);
}
