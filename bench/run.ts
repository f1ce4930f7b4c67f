/** `npm run bench`: measures what the design holds itself to, on the stack that deploys, and ends with 1 when a bound is broken. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../infra/local/host.ts';
import { actionCost } from './cost.ts';
import { type Figure, printFigures, progress } from './figure.ts';
import { freshness } from './freshness.ts';
import { letterFigure } from './letter-figure.ts';
import { loadFigures } from './load-figures.ts';
import prices from './prices.json' with { type: 'json' };
import { runCampaign } from './run-campaign.ts';
import { startStack, synthesise } from './stack.ts';
import { standingCost } from './standing-cost.ts';
import { unitFigures } from './unit-figures.ts';
import { wrongCounts } from './wrong-counts.ts';

const longest = 180_000;
const notes = `
Lines set in explain the line above them. Prices are list prices of ${prices.of}: see bench/prices.json.
Not measured: the widget, which is not built yet, and CloudFront, which the stack does not have yet.`;

// As on Lambda, whose functions share this process's clock.
process.env['TZ'] = 'UTC';
const folder = mkdtempSync(join(tmpdir(), 'groundswell-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
setTimeout(() => stopWith(`Not done after ${longest / 1_000} s`), longest).unref();
try {
  process.exitCode = printFigures(await measure()) ? 0 : 1;
  console.log(notes);
} catch (error) {
  stopWith(error);
}

async function measure(): Promise<Figure[]> {
  const assembly = join(folder, 'assembly');
  progress('the stack is synthesised and started');
  await synthesise(assembly);
  const figures = await onStack(assembly, 'main', false, measureRun);
  const wrong = await onStack(assembly, 'shuffled', true, wrongCounts);
  return [...figures, ...wrong, ...standingCost(assembly)];
}

async function measureRun(host: Host): Promise<Figure[]> {
  const run = await runCampaign(host, 200, 50);
  const units = await unitFigures(host, run);
  return [
    ...units.figures,
    ...(await freshness(host.url, run.left)),
    ...loadFigures(host, folder),
    ...letterFigure(host),
    ...actionCost(host, run, units.alone),
  ];
}

async function onStack(
  assembly: string,
  name: string,
  shuffleAndRepeat: boolean,
  measureOn: (host: Host) => Promise<Figure[]>,
): Promise<Figure[]> {
  const host = await startStack(assembly, join(folder, name), shuffleAndRepeat);
  try {
    return await measureOn(host);
  } finally {
    await host.stop();
  }
}

function stopWith(error: unknown): never {
  console.error(error);
  process.exit(1);
}
