/** `npm run reset`: empties the data folder of the local stack. */
import { join } from 'node:path';
import { emptyDataFolder } from './data-folder.ts';

const folder = process.env['DATA_DIR'] ?? join(import.meta.dirname, '../../.groundswell');
try {
  emptyDataFolder(folder);
  console.log(`${folder} is empty.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
