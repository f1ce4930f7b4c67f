/** `node bench/compare/compare.ts`: Groundswell beside what one would write instead, in one run and in turns. */
import { type Figure, isOk, progress } from '../figure.ts';
import { openLab } from '../lab.ts';
import { toTable } from '../print-figures.ts';
import type { Measured } from '../section.ts';
import { readOptions, usageError } from '../tool.ts';
import { type Child, startChild } from './child.ts';
import { type Comparison, names, toCharts, toFigures } from './comparison.ts';
import type { Contender } from './contender.ts';
import { fastify } from './fastify.ts';
import { emptyHandler, groundswell } from './groundswell.ts';
import { measureTurn, type Turn } from './measure-turn.ts';
import { MissingPostgres, type Postgres, startPostgres } from './postgres.ts';
import { profileSubmission } from './profile.ts';
import { toSeries } from './series.ts';
import { measureTallyWrites } from './tally-writes.ts';

export interface CompareOptions {
  /** Folder of the synthesised stack. */
  assemblyDir: string;
  /** How often each contender has its turn at each number of clients. */
  repetitions?: number;
}

/** Requests that are measured, by the number of clients that send them. */
const amounts = new Map([
  [1, 500],
  [16, 1_200],
  [64, 1_200],
]);
/** What node-postgres does by itself. Measured with 10, 20, 40 and 64, it served both best. */
const connections = 10;

/** Measures all contenders in turns, so that a busy moment of the machine falls on all alike. */
export async function compare({ assemblyDir, repetitions = 3 }: CompareOptions): Promise<Measured> {
  const postgres = await startPostgres().catch(orMissing);
  const load = await startChild(new URL('./load.ts', import.meta.url));
  try {
    const rivals = postgres instanceof MissingPostgres ? [] : toRivals(postgres);
    const turns = await takeTurns([...rivals, ...toOwn(assemblyDir)], repetitions, load);
    progress('the submitting function is profiled, the counting one is given full batches');
    const comparison: Comparison = {
      repetitions,
      series: toSeries(turns, (name) => (name === names.crowded ? names.row : name)),
      shares: await profileSubmission(assemblyDir, load),
      tally: await measureTallyWrites(assemblyDir),
    };
    const missing = postgres instanceof MissingPostgres ? [toMissing(postgres)] : [];
    return { figures: [...missing, ...toFigures(comparison)], charts: toCharts(comparison) };
  } finally {
    await load.stop();
    if (!(postgres instanceof MissingPostgres)) await postgres.stop();
  }
}

/** A contender, and the numbers of clients that it is to serve. */
type Entrant = [contender: Contender, clients: number[]];

function toRivals(postgres: Postgres): Entrant[] {
  const inTransaction = { counting: 'in the transaction', connections } as const;
  const [all, most] = [[...amounts.keys()], Math.max(...amounts.keys())];
  return [
    [fastify(names.row, postgres, inTransaction), all],
    [fastify(names.job, postgres, { counting: 'by a job', connections }), all],
    [fastify(names.crowded, postgres, { ...inTransaction, connections: most }), [most]],
  ];
}

function toOwn(assemblyDir: string): Entrant[] {
  return [
    [groundswell(names.own, assemblyDir), [...amounts.keys()]],
    [emptyHandler(names.empty), [16]],
  ];
}

/** The turns of each repetition. */
async function takeTurns(entrants: Entrant[], repetitions: number, load: Child): Promise<Turn[][]> {
  const all: Turn[][] = [];
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    const turns: Turn[] = [];
    for (const [clients, amount] of amounts) {
      progress(`repetition ${repetition} of ${repetitions}, clients: ${clients}`);
      for (const [contender] of entrants.filter(([, served]) => served.includes(clients)))
        turns.push(await measureTurn(contender, { clients, amount }, load));
    }
    all.push(turns);
  }
  return all;
}

function orMissing(error: unknown): MissingPostgres {
  if (error instanceof MissingPostgres) return error;
  throw error;
}

function toMissing({ message }: MissingPostgres): Figure {
  return { name: 'comparison with Fastify and PostgreSQL', measured: Number.NaN, how: message };
}

const usage = `
node bench/compare/compare.ts [--repetitions N]

  --repetitions   how often each contender has its turn at each number of clients (3)`;

async function main(): Promise<void> {
  const { repetitions = '3' } = readOptions({ repetitions: { type: 'string' } }, usage);
  if (!/^[1-9]\d?$/.test(repetitions)) usageError(`--repetitions is a number from 1 to 99.\n${usage}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const lab = openLab();
  const { figures } = await compare({ assemblyDir: await lab.assembly(), repetitions: Number(repetitions) });
  console.log(toTable('compare: what one would write instead', figures));
  process.exit(figures.every(isOk) ? 0 : 1);
}

if (import.meta.main) await main();
