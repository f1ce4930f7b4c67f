/** `node bench/recount/recount.ts [--rows N]`: a recount of seeded actions. It takes minutes and gigabytes, and is no part of CI. */
import { type Figure, isOk } from '../figure.ts';
import { openLab } from '../lab.ts';
import prices from '../prices.json' with { type: 'json' };
import { toTable } from '../print-figures.ts';
import { readOptions, usageError } from '../tool.ts';
import { type Measurement, measureRecount, type Night } from './measure.ts';
import { lostActions } from './plan.ts';

export interface RecountOptions {
  /** Folder of the synthesised stack. */
  assemblyDir: string;
  /** @default 1,000,000 */
  rows?: number;
}

/** Seconds that a recount has: see functions/tallies/recount-progress.ts. */
const longest = 14 * 60;
/** What seed.ts makes wrong. */
const planted = { events: lostActions, hours: 2, tallies: 1, governments: 0 };

/** Measures recounts, and beside them those of a tenth of the actions, whose memory should be the same. */
export async function recountFigures({ assemblyDir, rows = 1_000_000 }: RecountOptions): Promise<Figure[]> {
  const small = await measureRecount(assemblyDir, Math.ceil(rows / 10));
  return toFigures(await measureRecount(assemblyDir, rows), small);
}

function toFigures(measured: Measurement, small: Measurement): Figure[] {
  const { rows, bytes, seedingSeconds, quiet, repairing } = measured;
  const many = rows.toLocaleString('en');
  const perSecond = rows / quiet.taken.seconds;
  const peak = repairing.taken.peak;
  const how = {
    time: `The functions' bundles in a process of their own, on the local table engine: ${many} actions as the functions store them (${Math.round(bytes)} bytes of DynamoDB's JSON each), of all countries, over 30 days. AWS has another database and other processors.`,
    units: 'ConsumedCapacity of every call, as the table engine reports it.',
    cost: 'These units and seconds (1 GB) at list price.',
    repairing: `Before that, ${planted.events} actions that were never counted, an hour that is wrong, one that is gone and a wrong tally were planted: all actions are read again, consistently.`,
    memory: `Most memory of the process, Node included, when differences were planted: it holds sums by hour and country, and no actions. Of ${small.rows.toLocaleString('en')} actions: ${Math.round(small.repairing.taken.peak)} MB.`,
  };
  return [
    { name: `seconds for ${many} actions`, measured: quiet.taken.seconds, bound: longest, how: how.time },
    { name: 'of it processor time', measured: quiet.taken.cpuSeconds, how: how.time },
    { name: 'actions for which there is time', measured: Math.floor(perSecond * longest), how: how.time },
    { name: 'read units', measured: quiet.units.read, how: how.units },
    { name: 'write units', measured: quiet.units.write, how: how.units },
    { name: 'cost', measured: costOf(quiet), unit: ' USD', how: how.cost },
    { name: 'differences missed or made up', measured: misjudged(measured), bound: 0, how: how.repairing },
    {
      name: 'seconds to set them right',
      measured: repairing.taken.seconds,
      bound: longest,
      how: how.repairing,
    },
    { name: 'read units to set them right', measured: repairing.units.read, how: how.repairing },
    { name: 'write units to set them right', measured: repairing.units.write, how: how.repairing },
    { name: 'cost of setting them right', measured: costOf(repairing), unit: ' USD', how: how.repairing },
    { name: 'memory', measured: peak, unit: ' MB', bound: 1_024, how: how.memory },
    {
      name: 'memory, as a multiple of that for a tenth of the actions',
      measured: peak / small.repairing.taken.peak,
      bound: 1.5,
      unit: '×',
      how: how.memory,
    },
    { name: 'seconds for seeding', measured: seedingSeconds, how: 'By the import of the table engine.' },
  ];
}

function costOf({ units, taken }: Night): number {
  const { readUnit, writeUnit } = prices.perMillion;
  return (
    (units.read * readUnit + units.write * writeUnit) / 1e6 + taken.seconds * prices.lambdaGigabyteSecond
  );
}

/** By how much the first recount found other differences than were planted, and the second any. */
function misjudged({ repairing, quiet }: Measurement): number {
  const names = Object.keys(planted) as (keyof typeof planted)[];
  const wrong = names.map(
    (name) => Math.abs(repairing.differences[name] - planted[name]) + quiet.differences[name],
  );
  return wrong.reduce((sum, number) => sum + number, 0);
}

async function main(): Promise<void> {
  const usage = 'Usage: node bench/recount/recount.ts [--rows N]';
  const { rows = '1000000' } = readOptions({ rows: { type: 'string' } }, usage);
  if (!/^[1-9]\d{3,7}$/.test(rows))
    usageError(`--rows has to be a whole number from 1000; "${rows}" is none.\n${usage}`);
  const lab = openLab();
  const figures = await recountFigures({ assemblyDir: await lab.assembly(), rows: Number(rows) });
  console.log(toTable('Recount', figures));
  process.exitCode = figures.every(isOk) ? 0 : 1;
}

if (import.meta.main) await main();
