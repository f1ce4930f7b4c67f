import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host } from '../infra/local/host.ts';
import { type Figure, progress, quantile } from './figure.ts';
import { functionOf } from './stack.ts';

const rounds = 15;
/** Milliseconds from the start of the process to a loaded handler: what is waited for when a function starts cold. */
const loader = `require(process.argv[2]); const loaded = performance.now(); process.stdout.write(String(loaded));`;

/**
 * Size and load time of the submitting function; others for comparison. Loading an empty module alone takes about
 * 0.2 ms, to which any ratio would be arbitrary; so both sides include the start of the process.
 */
export function loadFigures(host: Host, folder: string): Figure[] {
  progress('handlers are loaded in fresh processes');
  const submit = bundleOf(host, 'ActionsTakeSignature');
  const others = ['ActionsConfirmAction', 'TalliesCountChanges', 'OutboxRelay', 'MailSendConfirmation'];
  const handlers = [anEmptyHandler(folder), submit, ...others.map((start) => bundleOf(host, start))];
  const [empty = Number.NaN, submits = Number.NaN, ...rest] = loadTimes(folder, handlers);
  const name = 'cold load against an empty handler';
  return [
    {
      name: 'submit function: bundle',
      measured: statSync(submit.file).size / 1_000,
      bound: 380,
      unit: ' kB',
    },
    { name: `submit function: ${name}`, measured: submits / empty, bound: 4.5, unit: '×' },
    { name: 'load time beyond the empty handler', measured: submits - empty, unit: ' ms' },
    ...rest.map((time, at) => ({ name: `${others[at]}: ${name}`, measured: time / empty, unit: '×' })),
  ];
}

interface Handler {
  file: string;
  /** Names of its settings: it refuses to load without them. */
  settings: string[];
}

function bundleOf(host: Host, start: string): Handler {
  const id = functionOf(host, start);
  const { Environment } = host.template.resources.get(id)?.properties ?? {};
  return {
    file: join(host.template.assetFolder(id), 'index.js'),
    settings: Object.keys(Environment?.Variables ?? {}),
  };
}

function anEmptyHandler(folder: string): Handler {
  const file = join(folder, 'empty', 'index.js');
  mkdirSync(join(folder, 'empty'));
  writeFileSync(file, 'exports.handler = async () => ({});\n');
  return { file, settings: [] };
}

/** The median of each, one after the other in turn, so that a busy moment falls on all alike. */
function loadTimes(folder: string, handlers: Handler[]): number[] {
  const script = join(folder, 'load.cjs');
  writeFileSync(script, loader);
  for (const { file } of handlers) readFileSync(file);
  const times = handlers.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [at, handler] of handlers.entries()) times[at]?.push(loadOnce(script, handler));
  }
  return times.map((of) => quantile(of));
}

function loadOnce(script: string, { file, settings }: Handler): number {
  const env = { AWS_REGION: 'local-region', ...Object.fromEntries(settings.map((name) => [name, 'set'])) };
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${file} does not load: ${stderr.slice(-300)}`);
  return Number(stdout);
}
