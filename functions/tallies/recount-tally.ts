import { TransactGetItemsCommand } from '@aws-sdk/client-dynamodb';
import { dynamo, fromItem, toItem } from '../../shared/aws/dynamo.ts';
import { setting } from '../../shared/aws/env.ts';
import { type Batch, hourOf } from './batch-changes.ts';
import { count } from './count-batch.ts';
import { type Hour, listHours, toHour } from './hour-store.ts';
import type { Thresholds } from './reach-milestones.ts';
import { logDifference } from './recount-log.ts';
import { pause, untilDone } from './recount-patience.ts';
import type { RecountProgress } from './recount-progress.ts';
import { inPieces, isNothing } from './recount-sums.ts';
import { add, type Counters, differenceOf, emptyTally } from './tally.ts';
import { getTally, hourKey, toTally, writeCount } from './tally-store.ts';

const table = /* @__PURE__ */ setting('TALLIES_TABLE');
/** Counters of one write: an expression holds 4 kB. */
const pieceSize = 230;
/** Hours to which traffic writes, by how far they are from now: they are read at one moment with the tally. */
const around = [-5, -4, -3, -2, -1, 0, 1];
/** Between two looks at a difference (milliseconds). */
const betweenLooks = 500;

/** What a tally lacks for it to be the sum of its hours, and the last of these. */
interface Gap {
  counters: Counters;
  lastHour: string;
}

/** Makes a tally the sum of its hours, if it is not. Then reaches the milestones that it meets, those added later too. */
export async function repairTally(
  campaign: string,
  thresholds: Thresholds,
  progress: RecountProgress,
): Promise<void> {
  const gap = await findGap(campaign);
  if (!isNothing(gap.counters)) {
    logDifference('tally', campaign, gap.counters);
    await progress.find('tallies');
    for (const piece of inPieces(gap.counters, pieceSize))
      await addToTally(campaign, { ...gap, counters: piece }, thresholds, progress.recount.requestVersion);
    if (!isNothing((await findGap(campaign)).counters))
      throw new Error(`The tally of ${campaign} is still not the sum of its hours`);
  }
  await count({ campaign, changes: [], counters: {}, byHour: new Map() }, thresholds, Date.now());
}

/**
 * The gap, while counting goes on: every count adds the same to a tally and to its hours, so that the gap stays as it is.
 * One that is seen has to be the same at a second look: a transaction becomes visible item by item, and a late event may
 * come between reading the older hours and the others.
 */
async function findGap(campaign: string): Promise<Gap> {
  let gap: Gap = { counters: {}, lastHour: '' };
  await untilDone(`The tally of ${campaign}`, async () => {
    gap = await lookForGap(campaign);
    if (isNothing(gap.counters)) return true;
    await pause(betweenLooks);
    const again = await lookForGap(campaign);
    return isNothing(differenceOf(gap.counters, again.counters));
  });
  return gap;
}

async function lookForGap(campaign: string): Promise<Gap> {
  const recent = recentHours(Date.now());
  const older = await listOthers(campaign, recent);
  const { tally, hours } = await readTogether(campaign, recent);
  const all = [...older, ...hours];
  const sum = all.reduce((counters: Counters, each) => add(counters, each.counters), {});
  const [lastHour = ''] = all.map(({ hour }) => hour).sort((one, other) => (one < other ? 1 : -1));
  return { counters: differenceOf(tally, sum), lastHour };
}

function recentHours(now: number): string[] {
  return around.map((hours) => hourOf(now + hours * 60 * 60 * 1_000));
}

async function listOthers(campaign: string, hours: string[]): Promise<Hour[]> {
  const all = await listHours(campaign, { consistent: true });
  return all.filter(({ hour }) => !hours.includes(hour));
}

/** The tally's counters and some hours as they are at one moment; fails when one of them is just being written. */
async function readTogether(campaign: string, hours: string[]): Promise<{ tally: Counters; hours: Hour[] }> {
  const keys = [{ pk: campaign, sk: 'tally' }, ...hours.map((hour) => hourKey(campaign, hour))];
  const TransactItems = keys.map((key) => ({ Get: { TableName: table, Key: toItem(key) } }));
  const { Responses = [] } = await dynamo.send(new TransactGetItemsCommand({ TransactItems }));
  const [tally, ...items] = Responses.map(({ Item }) => Item && fromItem(Item));
  return {
    tally: tally ? toTally(tally).counters : {},
    hours: items.flatMap((item) => (item ? [toHour(item)] : [])),
  };
}

/** Adds to the tally alone, once for a request: whoever is faster, the others find the marker. */
async function addToTally(
  campaign: string,
  { counters, lastHour }: Gap,
  thresholds: Thresholds,
  request: number,
): Promise<void> {
  const [first = ''] = Object.keys(counters);
  const id = `recount:${campaign}:${request}:tally:${first}`;
  const at = lastHour ? Date.parse(`${lastHour}:00:00Z`) : 0;
  const batch: Batch = { campaign, changes: [{ id, campaign, at, counters }], counters, byHour: new Map() };
  await untilDone(`The tally of ${campaign}`, async () => {
    const before = (await getTally(campaign, { consistent: true })) ?? emptyTally(campaign, thresholds.world);
    // Nobody has signed just now: the pace stays. Milestones are for the tally when it is right as a whole.
    const { asOf, rate, pollAfter } = before;
    const unchanged = { rate, pollAfter, reached: [], recent: undefined };
    const setting = { ...unchanged, asOf: asOf || at, goals: thresholds.world };
    const outcome = await writeCount(batch, before, setting, Date.now());
    return outcome.counted || outcome.known.size > 0;
  });
}
