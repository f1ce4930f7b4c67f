/** The account's suppression list, kept in the data folder. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Suppressed {
  EmailAddress: string;
  Reason: 'BOUNCE' | 'COMPLAINT';
  /** Seconds since 1970. */
  LastUpdateTime: number;
}
export interface SuppressionList {
  find(address: string): Suppressed | undefined;
  all(): Suppressed[];
  put(address: string, reason: Suppressed['Reason'], now: Date): void;
  /** False when the address was not there. */
  remove(address: string): boolean;
}

export function openSuppressionList(dataDir: string): SuppressionList {
  const file = join(dataDir, 'mail', 'suppression.json');
  mkdirSync(join(dataDir, 'mail'), { recursive: true });
  const listed = readList(file);
  const save = () => {
    writeFileSync(`${file}.new`, JSON.stringify([...listed.values()]), { flush: true });
    renameSync(`${file}.new`, file);
  };
  return {
    find: (address) => listed.get(address.toLowerCase()),
    all: () => [...listed.values()],
    put(address, reason, now) {
      const LastUpdateTime = Math.floor(now.getTime() / 1000);
      listed.set(address.toLowerCase(), { EmailAddress: address, Reason: reason, LastUpdateTime });
      save();
    },
    remove(address) {
      const removed = listed.delete(address.toLowerCase());
      save();
      return removed;
    },
  };
}

function readList(file: string): Map<string, Suppressed> {
  try {
    const list: Suppressed[] = JSON.parse(readFileSync(file, 'utf8'));
    return new Map(list.map((each) => [each.EmailAddress.toLowerCase(), each]));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}
