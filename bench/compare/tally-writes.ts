import { join } from 'node:path';
import { openStream } from '../../infra/local/engines/table-stream.ts';
import { startSandbox } from '../../infra/local/functions/sandbox.ts';
import { aChangeOf, aCounted, aQueueBatch } from '../../test/support/an-event.ts';
import { functionOf, startTables, type Tables } from './tables.ts';
import { temporaryFolder } from './temporary-folder.ts';

const batches = 5;

/** How the counting function is fed, as the template says, and what one of its batches writes to the hottest item. */
export interface TallyWrites {
  perBatch: number;
  /** Events of a batch at most, and how long it waits to be full, seconds. */
  batchSize: number;
  window: number;
}

/** Hands full batches of confirmations to the bundle that counts, and reads in the table's stream what it wrote. */
export async function measureTallyWrites(assemblyDir: string): Promise<TallyWrites> {
  const tables = await startTables(assemblyDir);
  try {
    const id = functionOf(tables.template, 'TalliesCountChanges');
    const { batchSize, window } = feedOf(tables, id);
    await countBatches(tables, id, batchSize);
    return { perBatch: (await hottestWrites(tables, id)) / batches, batchSize, window };
  } finally {
    await tables.stop();
  }
}

function feedOf({ template }: Tables, id: string): { batchSize: number; window: number } {
  const mappings = template.ofType('AWS::Lambda::EventSourceMapping').map(([, mapping]) => mapping);
  const feed = mappings.find(({ FunctionName }) => template.functionId(FunctionName) === id);
  if (!feed) throw new Error(`The template feeds ${id} from no queue.`);
  return { batchSize: feed['BatchSize'], window: feed['MaximumBatchingWindowInSeconds'] };
}

async function countBatches({ environmentOf, template }: Tables, id: string, size: number): Promise<void> {
  const environment = environmentOf(id);
  const sandbox = startSandbox({
    folder: template.assetFolder(id),
    handler: 'index.handler',
    functionName: id,
    functionArn: template.value(id, 'Arn'),
    memory: 512,
    timeout: 30,
    environment,
    onOutput: (text) => process.stderr.write(text),
  });
  await sandbox.loaded;
  for (let batch = 0; batch < batches; batch++) {
    const answer = await sandbox.run(aBatch(batch, size));
    if (JSON.stringify(answer) !== '{"batchItemFailures":[]}') throw new Error(JSON.stringify(answer));
  }
  await sandbox.stop();
}

/** Of a campaign with no milestones, as it is not there: these are written, too, but a few times in all. */
function aBatch(batch: number, size: number) {
  const after = aCounted({ campaign: 'bench' });
  const events = Array.from({ length: size }, (_, at) =>
    aChangeOf(`bench-${batch}-${at}`, 1, { after, at: Date.now() }),
  );
  return aQueueBatch(events);
}

async function hottestWrites({ engine, environmentOf }: Tables, id: string): Promise<number> {
  const folder = temporaryFolder('stream');
  const stream = await openStream(
    engine,
    environmentOf(id)['TALLIES_TABLE'] ?? '',
    join(folder.path, 'checkpoint'),
  );
  const writes = new Map<string, number>();
  for (;;) {
    const records = await stream.read(1_000);
    stream.checkpoint(records.at(-1));
    for (const { dynamodb } of records) {
      const { pk, sk } = dynamodb.Keys;
      const key = JSON.stringify([pk, sk]);
      writes.set(key, (writes.get(key) ?? 0) + 1);
    }
    if (records.length === 0) break;
  }
  folder.remove();
  return Math.max(...writes.values());
}
