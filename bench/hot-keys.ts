import { randomBytes, randomUUID } from 'node:crypto';
import { mailboxHash, toActionId, toKey } from '../functions/actions/action.ts';
import { fullBatch } from './counting.ts';
import type { Figure } from './figure.ts';
import { sum } from './meter.ts';
import type { TallyItem } from './tally-item.ts';

const perSecond = 1_000;
const pace = '1,000 signatures a second';
const seconds = 60;
/** Seconds from signing to pressing the button. */
const untilConfirmed = 20;

/** The heat of the hottest keys at 1,000 signatures a second: write units a second, of the 1,000 that a partition takes. */
export function hotKeyFigures({ keyUnits }: TallyItem): Figure[] {
  const units = simulateActions();
  const hottest = Math.max(...[...units.values()].flat());
  const onAverage = Math.max(...[...units.values()].map((each) => sum(each))) / seconds;
  const how = `A minute of ${pace}, simulated: 60,000 random mailboxes, the key functions of functions/actions/action.ts, a unit to submit and one to confirm ${untilConfirmed} s later, all in one campaign.`;
  const transactions = perSecond / fullBatch;
  return [
    {
      name: `hottest key of the Actions table at ${pace}, in its hottest second`,
      measured: hottest,
      bound: 100,
      unit: ' units/s',
      how,
    },
    {
      name: 'hottest key of the Actions table over that minute, on average',
      measured: onAverage,
      unit: ' units/s',
      how,
    },
    { name: 'keys of the Actions table that share the work', measured: units.size, how },
    {
      name: `hottest keys of the Tallies table at ${pace}: the tally and its hour together`,
      measured: transactions * keyUnits,
      bound: 1_000,
      unit: ' units/s',
      how: `As many confirmations a second, in batches of ${fullBatch}, at the units that a batch takes on the largest tally (section tally-item).`,
    },
    {
      name: 'transactions a second on the tally at that pace',
      measured: transactions,
      how: `The pace divided by the ${fullBatch} events of a full batch.`,
    },
  ];
}

/** Write units by partition key and second, for one campaign of signatures. The last people confirm in the first seconds. */
function simulateActions(): Map<string, number[]> {
  const [dedupeKey, salt] = [randomBytes(32), randomBytes(16).toString('base64url')];
  const units = new Map<string, number[]>();
  for (let at = 0; at < perSecond * seconds; at++) {
    const hash = mailboxHash(`${randomUUID()}@example.org`, dedupeKey, salt);
    const { pk } = toKey(toActionId({ root: 'hot', kind: 'signature', hash }));
    const bySecond = units.get(pk) ?? new Array<number>(seconds).fill(0);
    units.set(pk, bySecond);
    const second = Math.floor(at / perSecond);
    for (const used of [second, (second + untilConfirmed) % seconds])
      bySecond[used] = (bySecond[used] ?? 0) + 1;
  }
  return units;
}
