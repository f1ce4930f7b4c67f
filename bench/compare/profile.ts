import { readdirSync, readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { staticFilesDefined } from '../../infra/constructs/static-files.ts';
import { type Child, startChild } from './child.ts';
import { campaign } from './contender.ts';
import { send } from './send.ts';
import { functionOf, startTables } from './tables.ts';
import { temporaryFolder } from './temporary-folder.ts';

const project = join(import.meta.dirname, '../..');
const requests = 4_000;

/** Whose code the function spent its time in, by what called what; largest first, all together 1. */
export type Shares = [whose: string, share: number][];

/** A CPU profile of the submitting function under sixteen clients, without the HTTP server around it. */
export async function profileSubmission(assemblyDir: string, load: Child): Promise<Shares> {
  const folder = temporaryFolder('profile');
  const tables = await startTables(assemblyDir);
  try {
    bundleWithMap(folder.path);
    const environment = tables.environmentOf(functionOf(tables.template, 'ActionsTakeSignature'));
    const web = await startChild(
      new URL('./lambda-server.ts', import.meta.url),
      { ...environment, LAMBDA_TASK_ROOT: folder.path },
      ['--cpu-prof', `--cpu-prof-dir=${folder.path}`],
    );
    const url = `${web.hello}/v1/campaigns/${campaign}/signatures`;
    await send(load, { url, clients: 16, from: 0, amount: requests });
    await web.stop();
    return toShares(folder.path);
  } finally {
    await tables.stop();
    folder.remove();
  }
}

/** As infra/constructs/bundle.ts does it, and a map of what came from where. */
function bundleWithMap(folder: string): void {
  buildSync({
    absWorkingDir: project,
    entryPoints: ['functions/actions/take-signature.http.ts'],
    outfile: join(folder, 'index.js'),
    bundle: true,
    minify: true,
    sourcemap: 'external',
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    conditions: ['module'],
    define: staticFilesDefined,
    logLevel: 'error',
    alias: { '@aws-sdk/credential-provider-node': join(project, 'shared/aws/lambda-credentials.ts') },
  });
}

/** As the Chrome DevTools Protocol has it; times in microseconds. */
interface Profile {
  nodes: ProfileNode[];
  samples: number[];
  timeDeltas: number[];
}
interface ProfileNode {
  id: number;
  callFrame: { functionName: string; url: string; lineNumber: number; columnNumber: number };
  children?: number[];
}

function toShares(folder: string): Shares {
  const [file = ''] = readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'));
  const { nodes, samples, timeDeltas }: Profile = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const map = new SourceMap(JSON.parse(readFileSync(join(folder, 'index.js.map'), 'utf8')));
  const owners = ownersOf(nodes, map);
  const times = new Map<string, number>();
  for (const [at, id] of samples.entries()) {
    const owner = owners.get(id);
    if (owner && owner !== adapter) times.set(owner, (times.get(owner) ?? 0) + (timeDeltas[at] ?? 0));
  }
  const all = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .map(([owner, time]): [string, number] => [owner, time / all])
    .sort(([, a], [, b]) => b - a);
}

/** What Node does for a caller is the caller's. Parents come before their children; nobody owns idle time. */
function ownersOf(nodes: ProfileNode[], map: SourceMap): Map<number, string | undefined> {
  const owners = new Map<number, string | undefined>();
  for (const node of nodes) {
    const own = ownerOf(node.callFrame, map) ?? owners.get(node.id) ?? others;
    const isIdle = node.callFrame.functionName === '(idle)';
    owners.set(node.id, isIdle ? undefined : own);
    for (const child of node.children ?? []) owners.set(child, own);
  }
  return owners;
}

const adapter = 'HTTP adapter';
const others = 'Node itself: sockets, timers, garbage collection';
const packages: [RegExp, string][] = [
  [/node_modules\/@(aws-sdk|smithy|aws)\//, 'AWS SDK'],
  [/node_modules\/zod\//, 'zod'],
  [/node_modules\/@middy\//, 'middy'],
  [/(functions|shared)\//, 'our own code'],
  [/lambda-server\.ts$/, adapter],
];

/** Undefined for what is Node's. */
function ownerOf(
  { url, lineNumber, columnNumber }: ProfileNode['callFrame'],
  map: SourceMap,
): string | undefined {
  if (url.startsWith('node:')) return undefined;
  const entry = url.endsWith('/index.js') ? map.findEntry(lineNumber, columnNumber) : {};
  const source = 'originalSource' in entry ? String(entry.originalSource) : url;
  return packages.find(([pattern]) => pattern.test(source))?.[1];
}
