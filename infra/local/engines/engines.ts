import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

/** The engines of other people that keep the data: dynoxide for tables and streams, fauxqs for queues and buckets. */
export interface Engines {
  dynamodb: string;
  fauxqs: string;
  stop(): Promise<void>;
}

/** Starts both on free ports of 127.0.0.1, their data under `dataDir`. They end with this process, however it ends. */
export async function startEngines(dataDir: string): Promise<Engines> {
  const [tables, queues] = await Promise.all([startDynoxide(dataDir), startFauxqs(dataDir)]);
  return {
    dynamodb: tables.url,
    fauxqs: queues.url,
    stop: async () => {
      await Promise.all([tables.stop(), queues.stop()]);
    },
  };
}

// The shell sees its input close when the host dies, by kill -9 too, and takes the engine with it.
const GUARD =
  'exec 3<&0; "$@" </dev/null & engine=$!; (cat <&3 >/dev/null; kill -9 $engine 2>/dev/null) & wait $engine';

async function startDynoxide(dataDir: string, attempts = 5): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const engine = [dynoxideBinary(), 'serve', `--port=${port}`, `--db-path=${join(dataDir, 'dynamodb.db')}`];
  // Detached: Ctrl-C in a terminal reaches only the host, which stops the engine last.
  const child = spawn('/bin/sh', ['-c', GUARD, 'guard', ...engine], {
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  const failure = await answers(url, child);
  if (failure === undefined) return { url, stop: guardEnd(child) };
  if (attempts > 1) return startDynoxide(dataDir, attempts - 1);
  throw new Error(`The table engine (dynoxide) did not start: ${failure}`);
}

/** Path of the table engine. */
export function dynoxideBinary(): string {
  const given = process.env['DYNOXIDE_BIN'];
  if (given) return given;
  try {
    return createRequire(import.meta.url).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    throw new Error(
      `There is no dynoxide for ${process.platform}-${process.arch} among the installed packages. ` +
        'Install it from https://github.com/nubo-db/dynoxide and set DYNOXIDE_BIN to its path.',
    );
  }
}

/** Resolves undefined once the engine answers, or with what it said when it ended instead. */
async function answers(url: string, child: ChildProcess): Promise<string | undefined> {
  let said = '';
  child.stderr?.on('data', (text) => {
    said += text;
  });
  for (let tries = 0; tries < 200; tries++) {
    if (child.exitCode !== null) return said.trim() || `exit code ${child.exitCode}`;
    if (await fetch(url).then(Boolean, () => false)) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  child.stdin?.end();
  return 'no answer within 5 s';
}

/** An engine that ends by itself ends the host too: without its tables nothing here is true. */
function guardEnd(child: ChildProcess): () => Promise<void> {
  const crash = (code: number | null) => {
    throw new Error(`The table engine (dynoxide) ended with code ${code}.`);
  };
  child.once('exit', crash);
  return async () => {
    child.off('exit', crash);
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.stdin?.end();
    await ended;
  };
}

async function startFauxqs(dataDir: string): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = join(dataDir, 'queues');
  mkdirSync(folder, { recursive: true });
  const worker = new Worker(new URL('./fauxqs-worker.ts', import.meta.url), {
    workerData: { folder },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [port] = await once(worker, 'message');
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      worker.postMessage('stop');
      await once(worker, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
