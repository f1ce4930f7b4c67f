import { quantile } from '../figure.ts';
import type { Turn } from './measure-turn.ts';

/** Of several repetitions. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** What all turns of a contender at so many clients come to. */
export interface Point {
  clients: number;
  /** Of the web process, ms per accepted signature. */
  cpu: Spread;
  /** Per accepted signature. */
  roundTrips: Spread;
  /** Requests a second, as a multiple of those of one client in the same repetition. */
  throughput: Spread;
  /** Writes of its counter row per stored signature; undefined without one. */
  counterWrites: number | undefined;
}

/** How a contender behaves with more clients. */
export interface Series {
  contender: string;
  points: Point[];
}

/** `repetitions` have each the same turns. `baseOf` names the contender whose one client is the measure of another's many. */
export function toSeries(repetitions: Turn[][], baseOf: (contender: string) => string): Series[] {
  const [first = []] = repetitions;
  const names = [...new Set(first.map(({ contender }) => contender))];
  return names.map((contender) => {
    const own = first.filter((turn) => turn.contender === contender);
    const points = own.map(({ clients }) => toPoint(repetitions, contender, clients, baseOf(contender)));
    return { contender, points };
  });
}

function toPoint(repetitions: Turn[][], contender: string, clients: number, base: string): Point {
  const turns = repetitions.map((turns) => turnOf(turns, contender, clients));
  const alone = repetitions.map((turns) =>
    turns.find((turn) => turn.contender === base && turn.clients === 1),
  );
  return {
    clients,
    cpu: toSpread(turns.map(({ cpu }) => cpu)),
    roundTrips: toSpread(turns.map(({ roundTrips }) => roundTrips)),
    throughput: toSpread(turns.map(({ rate }, at) => rate / (alone[at]?.rate ?? Number.NaN))),
    counterWrites: turns[0]?.counterWrites,
  };
}

function turnOf(turns: Turn[], contender: string, clients: number): Turn {
  const found = turns.find((turn) => turn.contender === contender && turn.clients === clients);
  if (!found) throw new Error(`${contender} had no turn at ${clients} clients.`);
  return found;
}

function toSpread(numbers: number[]): Spread {
  return { median: quantile(numbers), least: Math.min(...numbers), most: Math.max(...numbers) };
}
