import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The folder where one host keeps everything: marker, lock, engines' data, mail, secrets, logs. */
export interface DataFolder {
  path: string;
  /** True until `markSeeded`: the first start, or one that was cut off before its seeding ended. */
  isNew: boolean;
  markSeeded(): void;
  release(): void;
}

const MARKER = 'groundswell-data';
const SEEDED = 'seeded';
const FORMAT = 'format';

/** Raise it when what is stored can no longer be read as it was written. */
const format = '3';
const LOCK = 'host.lock';
const PID = 'host.pid';

/** Makes or opens a data folder and locks it. Throws while another host runs on it. */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  refuseForeign(path);
  writeFileSync(join(path, MARKER), 'Data of a local Groundswell. `npm run reset` empties this folder.\n');
  refuseOlder(path);
  const lock = acquireLock(path);
  writeFileSync(join(path, PID), String(process.pid));
  return {
    path,
    isNew: !existsSync(join(path, SEEDED)),
    markSeeded: () => writeFileSync(join(path, SEEDED), ''),
    release: () => lock.close(),
  };
}

/** Empties a data folder. Throws when it is not one, or while a host runs on it. */
export function emptyDataFolder(folder: string): void {
  const path = resolve(folder);
  if (!existsSync(path)) return;
  refuseForeign(path);
  acquireLock(path).close();
  for (const entry of readdirSync(path)) rmSync(join(path, entry), { recursive: true });
}

function refuseForeign(path: string): void {
  if (existsSync(join(path, MARKER)) || readdirSync(path).length === 0) return;
  throw new Error(`${path} holds something that is not a Groundswell's data; it was left as it is.`);
}

/** A folder that was seeded before formats were noted has the first one. */
function refuseOlder(path: string): void {
  const file = join(path, FORMAT);
  const isOlder = existsSync(file) ? readFileSync(file, 'utf8') !== format : existsSync(join(path, SEEDED));
  if (isOlder)
    throw new Error(
      `${path} was written by another version of Groundswell. \`npm run reset\` empties it; or set DATA_DIR to another folder.`,
    );
  writeFileSync(file, format);
}

/** SQLite's lock is released by the system however its holder ends, so that nothing stale can be left. */
function acquireLock(path: string): DatabaseSync {
  const lock = new DatabaseSync(join(path, LOCK));
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch {
    lock.close();
    const pid = existsSync(join(path, PID)) ? readFileSync(join(path, PID), 'utf8') : 'unknown';
    throw new Error(`Another Groundswell (process ${pid}) is running on ${path}. Stop it, or set DATA_DIR.`);
  }
}
