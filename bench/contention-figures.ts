import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Figure, progress } from './figure.ts';

const how =
  'Two counters as the template has them (batches of 97, a window of 1 s) against the table engine, 4 ms away: transactions that were tried, by batches counted (`node bench/contention.ts`).';

/** How often a batch is written: more than once where two counters meet on one tally. */
export async function contentionFigures(): Promise<Figure[]> {
  progress('two counters on one tally');
  const [steady, backlog] = [await triesPerBatch('1000', '10'), await triesPerBatch('20000', '1')];
  return [
    { name: 'transactions tried per batch at 1,000 signatures a second', measured: steady, how },
    { name: 'transactions tried per batch while a backlog is drained', measured: backlog, how },
  ];
}

async function triesPerBatch(rate: string, seconds: string): Promise<number> {
  const script = join(import.meta.dirname, 'contention.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, rate, seconds], {
    timeout: 60_000,
  });
  return JSON.parse(stdout).perBatch;
}
