/** Captured mail on disk: one `.eml` a message, as it was accepted, and beside it a `.json` with its envelope. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Envelope {
  /** SES's message id; ids sort by time. */
  id: string;
  at: string;
  from: string;
  to: string[];
  configurationSet?: string;
  tags: Record<string, string>;
}
export interface MailStore {
  newId(now: Date): string;
  /** Resolves once the message is safe on disk and listed. */
  keep(envelope: Envelope, message: Buffer): Promise<void>;
  /** Oldest first, and only ever appended to. */
  envelopes: readonly Envelope[];
  read(id: string): Promise<Buffer>;
}

export function openMailStore(dataDir: string): MailStore {
  const folder = join(dataDir, 'mail');
  mkdirSync(folder, { recursive: true });
  const envelopes = readEnvelopes(folder);
  let last = 0;
  let listed: Promise<unknown> = Promise.resolve();
  return {
    envelopes,
    newId(now) {
      last = Math.max(now.getTime(), last + 1);
      return `0100${last.toString(16).padStart(12, '0')}-${randomUUID()}-000000`;
    },
    keep(envelope, message) {
      const written = write(folder, envelope, message);
      // Listed in the order of their ids, so that a reader who has seen n messages finds news only after them.
      const turn = listed.then(() => written).then(() => void envelopes.push(envelope));
      listed = turn.catch(() => {});
      return turn;
    },
    read: (id) => readFile(join(folder, `${id}.eml`)),
  };
}

/** The envelope comes last, whole or not at all: a message without one was never answered for. */
async function write(folder: string, envelope: Envelope, message: Buffer): Promise<void> {
  const file = join(folder, envelope.id);
  await writeFile(`${file}.eml`, message, { flush: true });
  await writeFile(`${file}.new`, JSON.stringify(envelope), { flush: true });
  await rename(`${file}.new`, `${file}.json`);
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  await handle.sync().finally(() => handle.close());
}

function readEnvelopes(folder: string): Envelope[] {
  const files = new Set(readdirSync(folder));
  const ids = [...files].filter((file) => file.endsWith('.eml')).map((file) => file.slice(0, -4));
  const kept = ids.filter((id) => files.has(`${id}.json`)).sort();
  return kept.map((id) => JSON.parse(readFileSync(join(folder, `${id}.json`), 'utf8')));
}
