import { readActionParts, readCountEvents } from '../actions/read.ts';
import type { RecountProgress } from './recount-progress.ts';
import { addChange, type Sums } from './recount-sums.ts';
import { type Change, type CountedEvent, toChanges } from './tally.ts';

/** Parts that are read at the same time, so that none waits for the network alone. */
const atOnce = 4;

/** What all actions of a root campaign changed before a time, in every campaign that they count for. */
export async function sumActions(root: string, until: number, progress: RecountProgress): Promise<Sums> {
  const sums: Sums = new Map();
  const left = readActionParts().values();
  const reader = async () => {
    for (const part of left) {
      for await (const { rows, events } of readCountEvents(root, part, { consistent: false })) {
        for (const change of changesBefore(until, events)) addChange(sums, change);
        await progress.readRows(rows);
      }
      progress.readPart();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, reader));
  return sums;
}

/** The same changes one page after the other, as they are stored at this moment. */
export async function* listChanges(root: string, until: number): AsyncGenerator<Change[]> {
  for (const part of readActionParts()) {
    for await (const { events } of readCountEvents(root, part, { consistent: true }))
      yield changesBefore(until, events);
  }
}

function changesBefore(until: number, events: CountedEvent[]): Change[] {
  return events.flatMap(toChanges).filter(({ at }) => at < until);
}
