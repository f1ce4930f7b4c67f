/** `node bench/recount/recount.ts [--rows N]`: a recount of seeded actions. It takes minutes and gigabytes, and is no part of CI. */
import { type Figure, isOk } from '../figure.ts';
import { openLab } from '../lab.ts';
import prices from '../prices.json' with { type: 'json' };
import { toTable } from '../print-figures.ts';
import { readOptions, usageError } from '../tool.ts';
import { type Measurement, measureRecount } from './measure.ts';
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

/** Measures a recount, and one of a tenth of the actions beside it, whose memory should be the same. */
export async function recountFigures({ assemblyDir, rows = 1_000_000 }: RecountOptions): Promise<Figure[]> {
  const small = await measureRecount(assemblyDir, Math.ceil(rows / 10));
  return toFigures(await measureRecount(assemblyDir, rows), small);
}

function toFigures(measured: Measurement, small: Measurement): Figure[] {
  const { rows, bytes, seedingSeconds, taken, units, recount } = measured;
  const many = rows.toLocaleString('en');
  const cost = {
    database: (units.read * prices.perMillion.readUnit + units.write * prices.perMillion.writeUnit) / 1e6,
    // A gigabyte of memory, and two thirds of the processor that this machine gives it.
    lambda: taken.seconds * prices.lambdaGigabyteSecond,
  };
  const how = {
    time: `The functions' bundles in a process of their own, on the local table engine: ${many} actions as the functions store them (${Math.round(bytes)} bytes of DynamoDB's JSON each), of all countries, over 30 days. On AWS both the database and the processor are others.`,
    units:
      'ConsumedCapacity of every call, as the table engine reports it; two passes, because differences are planted.',
    cost: 'These units and seconds (1 GB) at list price.',
    memory: `Most memory that the process had, bundle and Node included; of ${small.rows.toLocaleString('en')} actions: ${Math.round(small.taken.peak)} MB.`,
    found: `${planted.events} actions that were never counted, an hour that is wrong, one that is gone, and a tally that is wrong were planted.`,
  };
  const perSecond = rows / taken.seconds;
  return [
    {
      name: `seconds for a recount of ${many} actions`,
      measured: taken.seconds,
      bound: longest,
      how: how.time,
    },
    { name: 'of it processor time', measured: taken.cpuSeconds, how: how.time },
    { name: 'actions a second', measured: perSecond, how: how.time },
    { name: 'actions for which there is time', measured: Math.floor(perSecond * longest), how: how.time },
    { name: 'read units', measured: units.read, how: how.units },
    { name: 'write units', measured: units.write, how: how.units },
    { name: 'cost', measured: cost.database + cost.lambda, unit: ' USD', how: how.cost },
    { name: 'memory', measured: taken.peak, unit: ' MB', bound: 1_024, how: how.memory },
    {
      name: 'memory, as a multiple of that for a tenth of the actions',
      measured: taken.peak / small.taken.peak,
      bound: 1.5,
      unit: '×',
      how: how.memory,
    },
    { name: 'differences missed or made up', measured: misjudged(recount), bound: 0, how: how.found },
    { name: 'seconds for seeding', measured: seedingSeconds, how: 'By the import of the table engine.' },
  ];
}

function misjudged({ differences }: Measurement['recount']): number {
  const names = Object.keys(planted) as (keyof typeof planted)[];
  return names.reduce((sum, name) => sum + Math.abs(differences[name] - planted[name]), 0);
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
