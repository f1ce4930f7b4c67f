/**
 * `node bench/contention.ts [SIGNATURES_PER_SECOND]`: how often two counters, which write one tally on the version that they
 * read, get into each other's way. Prints JSON: batches, transactions tried, and how full the batches were.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { aDatabase, pointSdkTo } from '../test/support/a-database.ts';
import { aChangeOf, aCounted, aQueueBatch } from '../test/support/an-event.ts';

/** As the event source mapping of the tallies has it: see infra/rooms/tallies.ts. */
const mapping = { batchSize: 97, window: 1_000, counters: 2 };
/** Milliseconds on the way to the database: about what DynamoDB adds to the local engine's own time. */
const distance = 4;
const seconds = Number(process.argv[3] ?? 20);

const rate = Number(process.argv[2] ?? 1_000);
const database = await aDatabase();
await database.createTable('Tallies', ['pk', 'sk']);
await database.createTable('Campaigns', ['pk', 'sk']);
pointSdkTo(database.url, { TALLIES_TABLE: 'Tallies', CAMPAIGNS_TABLE: 'Campaigns' });
const { handler } = await import('../functions/tallies/count-changes.event.ts');
let tried = 0;
database.failBy(async (operation) => {
  if (operation === 'TransactWriteItems') tried += 1;
  await pause(distance);
  return undefined;
});
const begun = performance.now();
let taken = 0;
let batches = 0;
await Promise.all(Array.from({ length: mapping.counters }, countAll));
console.log(JSON.stringify({ rate, batches, tried, perBatch: tried / batches, events: taken / batches }));
database.failBy(undefined);
await database.stop();

/** Takes a batch when it is full or its window is over, until all that came in time is counted. */
async function countAll(): Promise<void> {
  let since = performance.now();
  while (performance.now() < begun + seconds * 1_000 || arrived() > taken) {
    const waiting = arrived() - taken;
    const isDue =
      waiting >= mapping.batchSize || (waiting > 0 && performance.now() - since >= mapping.window);
    if (isDue) {
      await handler(aQueueBatch(take(Math.min(waiting, mapping.batchSize))));
      since = performance.now();
    } else await pause(5);
  }
}

function arrived(): number {
  return Math.floor((Math.min(performance.now() - begun, seconds * 1_000) / 1_000) * rate);
}

function take(count: number) {
  const first = taken;
  taken += count;
  batches += 1;
  return Array.from({ length: count }, (_, at) =>
    aChangeOf(`bench-${first + at}`, 1, { after: aCounted(), at: Date.now() }),
  );
}
