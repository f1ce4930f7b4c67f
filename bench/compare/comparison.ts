import type { Chart } from '../chart.ts';
import type { Figure } from '../figure.ts';
import type { Shares } from './profile.ts';
import type { Point, Series, Spread } from './series.ts';
import type { TallyWrites } from './tally-writes.ts';

/** All that the comparison measured. */
export interface Comparison {
  repetitions: number;
  series: Series[];
  shares: Shares;
  tally: TallyWrites;
}

export const names = {
  row: 'Fastify + PostgreSQL, counter row',
  job: 'Fastify + PostgreSQL, count job',
  own: 'Groundswell',
  crowded: 'Fastify + PostgreSQL, counter row, a connection for each client',
  empty: 'of it the HTTP server: the same process around an empty handler',
};

/** Signatures a second: the record pace of any petition, and the most that the design has in view. */
const paces = [42, 1_000];
/** At which CPU time is compared. */
const clients = 16;

export function toFigures(comparison: Comparison): Figure[] {
  return [
    ...cpuFigures(comparison),
    ...shareFigures(comparison),
    ...roundTripFigures(comparison),
    ...hottestRowFigures(comparison),
    ...throughputFigures(comparison),
  ];
}

export function toCharts({ series, shares }: Comparison): Chart[] {
  const lines = series.filter(({ points }) => points.length > 1);
  const bars = lines.map(({ contender, points }) => ({
    label: contender,
    value: at(points, clients).cpu.median,
  }));
  return [
    { name: 'compare-cpu', title: 'CPU time of the web process per accepted signature', unit: ' ms', bars },
    {
      name: 'compare-clients',
      title: 'Throughput, as a multiple of that of one client',
      unit: '×',
      across: 'clients',
      lines: lines.map(({ contender, points }) => ({
        label: contender,
        points: points.map((point) => ({ x: point.clients, y: point.throughput.median })),
      })),
    },
    {
      name: 'compare-shares',
      title: 'Where the CPU time of a submission goes',
      unit: ' %',
      bars: shares.map(([label, share]) => ({ label, value: 100 * share })),
    },
  ];
}

function cpuFigures({ series, repetitions }: Comparison): Figure[] {
  const measured = series.filter(({ points }) => points.some((point) => point.clients === clients));
  const spreads = measured.map(({ points }) => range(at(points, clients).cpu)).join('; ');
  const how = `process.cpuUsage of the web process while ${clients} clients send, without what it uses when idle, by the answers of 202. Median of ${repetitions} repetitions; from least to most, in the same order: ${spreads} ms.`;
  return measured.map(({ contender, points }) => ({
    name: contender === names.empty ? contender : `CPU time per accepted signature: ${contender}`,
    measured: at(points, clients).cpu.median,
    unit: ' ms',
    how,
  }));
}

function shareFigures({ shares }: Comparison): Figure[] {
  const how = `A CPU profile by V8 of the function, without the HTTP server around it, under ${clients} clients; what Node does for a caller is the caller's.`;
  return shares.map(([whose, share]) => ({
    name: `of Groundswell's: ${whose}`,
    measured: 100 * share,
    unit: ' %',
    how,
  }));
}

function roundTripFigures({ series }: Comparison): Figure[] {
  const how =
    'What the web process sent to its database, counted there (queries; HTTP requests), by the answers of 202, repeated signatures among them.';
  return series
    .filter(({ points }) => points.length > 1)
    .map(({ contender, points }) => ({
      name: `database round trips per accepted signature: ${contender}`,
      measured: at(points, clients).roundTrips.median,
      ...(contender === names.own && { bound: 1 }),
      how,
    }));
}

/** Per signature, since that is what decides: a row takes so many writes a second, whatever the machine. */
function hottestRowFigures({ series, tally }: Comparison): Figure[] {
  const { perBatch, batchSize, window } = tally;
  const how = `Counter row: updates that PostgreSQL counted, by stored signatures. Count job: one update a second. Groundswell: ${perBatch} to the hottest item per batch, as the table's stream has it after full batches, in batches of the events of ${window} s, ${batchSize} at most.`;
  const perRow = series.find(({ contender }) => contender === names.row)?.points[0]?.counterWrites;
  return paces.flatMap((pace) => {
    const writes: [string, number | undefined][] = [
      [names.row, perRow],
      [names.job, perRow && 1 / pace],
      [names.own, perBatch / Math.min(batchSize, pace * window)],
    ];
    return writes.flatMap(([name, measured]) =>
      measured === undefined
        ? []
        : [{ name: `writes to the hottest row per signature, at ${pace} a second: ${name}`, measured, how }],
    );
  });
}

function throughputFigures({ series, repetitions }: Comparison): Figure[] {
  const served = series.flatMap(({ contender, points }) => points.map((point) => ({ contender, point })));
  const several = served
    .filter(({ contender, point }) => point.clients > 1 && contender !== names.empty)
    .sort((one, other) => one.point.clients - other.point.clients);
  const spreads = several.map(({ point }) => range(point.throughput)).join('; ');
  const how = `Each client sends a signature once its last is answered. Median of ${repetitions} repetitions; from least to most, in the same order: ${spreads}. Compare within one contender only: one web process, one machine and an emulated DynamoDB say nothing of requests a second on AWS, where each concurrent request has a process of its own.`;
  return several.map(({ contender, point }) => ({
    name: `throughput at ${point.clients} clients, times that at one: ${contender}`,
    measured: point.throughput.median,
    unit: '×',
    how,
  }));
}

function at(points: Point[], count: number): Point {
  const found = points.find((point) => point.clients === count);
  if (!found) throw new Error(`Nothing was measured at ${count} clients.`);
  return found;
}

function range({ least, most }: Spread): string {
  return `${least.toFixed(2)} to ${most.toFixed(2)}`;
}
