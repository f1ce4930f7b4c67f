import type { Host } from '../infra/local/host.ts';

type Uses = ReturnType<Host['capacity']['used']>;

/** What some work used, with all that followed from it. */
export interface Used {
  uses: Uses;
  /** By logical id of the function. */
  invocations: Record<string, number>;
}

/** Runs some work, waits until nothing follows from it any more, and tells what was used. */
export async function meter(host: Host, work: () => Promise<void>): Promise<Used> {
  const before = host.invocations();
  host.capacity.reset();
  await work();
  await host.quiet(60_000);
  const after = Object.entries(host.invocations());
  return {
    uses: host.capacity.used().filter(({ caller }) => caller !== 'host'),
    invocations: Object.fromEntries(after.map(([id, begun]) => [id, begun - (before[id] ?? 0)])),
  };
}

/** Whether a function, by its logical id, is one of those meant. */
type Whose = (functionId: string) => boolean;

/** Logical ids begin with the room's name, then the function's. */
export const startsWith =
  (...starts: string[]): Whose =>
  (id) =>
    starts.some((start) => id.startsWith(start));

export const notOf =
  (whose: Whose): Whose =>
  (id) =>
    !whose(id);

/** Write units as the table engine reported them; a refused write counts as one, the least that AWS bills. */
export function writeUnits({ uses }: Used, whose: Whose): number {
  const writes = uses.filter(
    ({ caller, operation }) => whose(caller) && /Put|Update|Delete|Write/.test(operation),
  );
  return sum(writes.map(({ table, calls, units }) => (table === 'refused' ? calls : units)));
}

export function readUnits({ uses }: Used, whose: Whose): number {
  const reads = uses.filter(({ caller, operation }) => whose(caller) && /Get|Query|Scan/.test(operation));
  return sum(reads.map(({ units }) => units));
}

/** Requests to the table engine, refused ones included. */
export function roundTrips({ uses }: Used, whose: Whose): number {
  return sum(uses.filter(({ caller }) => whose(caller)).map(({ calls }) => calls));
}

export function invocationsOf({ invocations }: Used, whose: Whose): number {
  return sum(Object.entries(invocations).map(([id, begun]) => (whose(id) ? begun : 0)));
}

export function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
