/** The account's suppression list, kept in the data folder. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
  mkdirSync(join(dataDir, 'mail'), { recursive: true });
  let listed: Suppressed[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const isOf = (address: string) => (each: Suppressed) =>
    each.EmailAddress.toLowerCase() === address.toLowerCase();
  const save = (list: Suppressed[]) => {
    listed = list;
    writeFileSync(`${file}.new`, JSON.stringify(list), { flush: true });
    renameSync(`${file}.new`, file);
  };
  const without = (address: string) => listed.filter((each) => !isOf(address)(each));
  return {
    find: (address) => listed.find(isOf(address)),
    put: ({ EmailAddress, Reason }) => {
      const LastUpdateTime = Math.floor(Date.now() / 1000);
      save([...without(EmailAddress), { EmailAddress, Reason, LastUpdateTime }]);
    },
    remove: (address) => save(without(address)),
  };
}
