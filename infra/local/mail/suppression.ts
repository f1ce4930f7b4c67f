/** The account's suppression list, kept in the data folder. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Suppressed {
  EmailAddress: string;
  Reason: 'BOUNCE' | 'COMPLAINT';
  /** Seconds since 1970. */
  LastUpdateTime: number;
}
export interface SuppressionList {
  find(address: string): Suppressed | undefined;
  put(entry: Pick<Suppressed, 'EmailAddress' | 'Reason'>): void;
  remove(address: string): void;
}

export function openSuppressionList(dataDir: string): SuppressionList {
  const file = join(dataDir, 'mail', 'suppression.json');
  const listed = new Map<string, Suppressed>(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []);
  const save = () => {
    writeFileSync(`${file}.new`, JSON.stringify([...listed]), { flush: true });
    renameSync(`${file}.new`, file);
  };
  return {
    find: (address) => listed.get(address.toLowerCase()),
    put: ({ EmailAddress, Reason }) => {
      const LastUpdateTime = Math.floor(Date.now() / 1000);
      listed.set(EmailAddress.toLowerCase(), { EmailAddress, Reason, LastUpdateTime });
      save();
    },
    remove: (address) => {
      listed.delete(address.toLowerCase());
      save();
    },
  };
}
