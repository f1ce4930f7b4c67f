import { setTimeout } from 'node:timers/promises';
import type { Child } from './child.ts';
import type { Contender, Running, Stored } from './contender.ts';
import type { Measures } from './measured.ts';
import { expected } from './payloads.ts';
import { send } from './send.ts';

/** What one contender did, from a new database on, for so many clients at once. */
export interface Turn {
  contender: string;
  clients: number;
  /** Of the web process, ms per accepted signature. */
  cpu: number;
  /** To the database, per accepted signature. */
  roundTrips: number;
  /** Requests a second. It depends on the machine and its emulators: compare only within one contender. */
  rate: number;
  /** Writes of the counter row per stored signature, where the web process or its job counts. */
  counterWrites: number | undefined;
}
export interface TurnSize {
  clients: number;
  /** Requests that are measured, after those that warm up. */
  amount: number;
}

/** Requests, and the clients that send them, before anything is measured. */
const warmUp = 1_200;
const warmUpClients = 16;
/** How long a web process is watched while it has nothing to do, ms. */
const idleTime = 400;

/** Runs one contender. Rejects when it answers, stores or counts anything else than it should. */
export async function measureTurn(contender: Contender, size: TurnSize, load: Child): Promise<Turn> {
  const running = await contender.start();
  try {
    const measured = await measure(running, size, load);
    const stored = await running.end();
    if (stored) refuseLoss(stored, size);
    const counterWrites = stored?.counter && stored.counter.writes / stored.signatures;
    return { contender: contender.name, clients: size.clients, ...measured, counterWrites };
  } catch (error) {
    throw new Error(`${contender.name}, ${size.clients} clients: ${(error as Error).message}`, {
      cause: error,
    });
  } finally {
    await running.stop();
  }
}

async function measure({ url, measures }: Running, { clients, amount }: TurnSize, load: Child) {
  await send(load, { url, clients: warmUpClients, from: 0, amount: warmUp });
  const warm = await measures();
  await setTimeout(idleTime);
  const before = await measures();
  const { seconds, accepted } = await send(load, { url, clients, from: warmUp, amount });
  const used = difference(before, await measures());
  const idle = difference(warm, before).cpu / idleTime;
  return {
    cpu: (used.cpu - idle * seconds * 1_000) / accepted,
    roundTrips: used.roundTrips / accepted,
    rate: amount / seconds,
  };
}

function difference(before: Measures, after: Measures): Measures {
  return { cpu: after.cpu - before.cpu, roundTrips: after.roundTrips - before.roundTrips };
}

function refuseLoss({ signatures, counter }: Stored, { amount }: TurnSize): void {
  const due = expected(warmUp + amount).signatures;
  if (signatures === due && (!counter || counter.count === due)) return;
  throw new Error(`${signatures} signatures are stored and ${counter?.count} counted instead of ${due}.`);
}
