/**
 * `npm run load`: puts a crowd on a campaign of a running local stack. Ends with 1 when the tally is not exact, and with
 * 2 when there is nothing to run on.
 */
import { writeFileSync } from 'node:fs';
import { usageError } from '../tool.ts';
import { readLoadOptions } from './arguments.ts';
import { createProgress } from './progress.ts';
import { toJson, toText } from './report.ts';
import { runLoad } from './run-load.ts';
import { UnfitTarget } from './target.ts';

const { json, ...options } = readLoadOptions();
const { url, campaign, rate, seconds, seed } = options;
console.log(`${rate} a second for ${seconds} s on ${campaign} at ${url}, with --seed ${seed}`);
let stoppedAt = 0;
const stopping = new AbortController();
process.on('SIGINT', interrupt);
const progress = createProgress();
try {
  const report = await runLoad({ ...options, signal: stopping.signal, onProgress: progress.show });
  progress.end();
  console.log(`\n${toText(report)}`);
  if (json) writeFileSync(json, toJson(report));
  process.exitCode = report.differences.length === 0 ? 0 : 1;
} catch (error) {
  if (error instanceof UnfitTarget) usageError(error.message);
  console.error(`\nThe run could not be finished: ${(error as Error).message}`);
  process.exitCode = 1;
}

function interrupt(): void {
  // npm hands on a Ctrl-C that the terminal has sent already: that is no second one.
  if (stopping.signal.aborted && performance.now() - stoppedAt > 1_000) process.exit(130);
  if (stopping.signal.aborted) return;
  stoppedAt = performance.now();
  console.error('\nStopping: what was confirmed is still compared. Ctrl-C again ends at once.');
  stopping.abort();
}
