import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bundle } from './bundles.ts';
import { quantile } from './figure.ts';
import { teller } from './section.ts';

/** Milliseconds from the start of the process to a loaded handler: what is waited for when a function starts cold. */
const loaders = {
  'load.cjs': 'require(process.argv[2]); process.stdout.write(String(performance.now()));',
  'load.mjs': 'await import(process.argv[2]); process.stdout.write(String(performance.now()));',
};

export interface LoadTimes {
  /** Milliseconds to load one of the bundles, beyond what the empty handler takes. */
  beyondEmpty(name: string): number;
  /** Its time as a multiple of another's, or else of the empty handler's. */
  ratio(name: string, to?: string): number;
}

/**
 * Loads each bundle a number of times, in a fresh process each, and takes the median. One after the other in turn, so that
 * a busy moment falls on all alike; an empty handler among them. Both sides of a ratio include the start of the process:
 * loading an empty module alone takes about 0.2 ms, to which any ratio would be arbitrary.
 */
export function measureLoads(folder: string, rounds: number, bundles: Map<string, Bundle>): LoadTimes {
  for (const [name, script] of Object.entries(loaders)) writeFileSync(join(folder, name), script);
  const all = new Map([['empty', anEmptyHandler(folder)], ...bundles]);
  for (const { file } of all.values()) readFileSync(file);
  const times = new Map([...all.keys()].map((name) => [name, [] as number[]]));
  const tell = teller(`cold loads of ${bundles.size} bundles, rounds`, rounds);
  for (let round = 1; round <= rounds; round++) {
    for (const [name, bundle] of all) times.get(name)?.push(loadOnce(folder, bundle));
    tell(round);
  }
  const median = (name: string) => quantile(times.get(name) ?? []);
  return {
    beyondEmpty: (name) => median(name) - median('empty'),
    ratio: (name, to = 'empty') => median(name) / median(to),
  };
}

function anEmptyHandler(folder: string): Bundle {
  mkdirSync(join(folder, 'empty'), { recursive: true });
  const file = join(folder, 'empty', 'index.js');
  writeFileSync(file, 'exports.handler = async () => ({});\n');
  return { file, settings: [] };
}

function loadOnce(folder: string, { file, root = dirname(file), settings }: Bundle): number {
  const script = join(folder, file.endsWith('.mjs') ? 'load.mjs' : 'load.cjs');
  const given = Object.fromEntries(settings.map((name) => [name, 'https://example.org']));
  const env = { AWS_REGION: 'local-region', LAMBDA_TASK_ROOT: root, ...given };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} does not load: ${/^\w*Error.*/m.exec(stderr)?.[0] ?? stderr}`);
  return Number(stdout);
}
