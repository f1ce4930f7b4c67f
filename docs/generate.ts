import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toEventReference } from './event-reference.ts';
import { toOpenApi } from './open-api.ts';
import { toPermissions } from './permissions.ts';

/** `npm run generate` writes what is made from the code; with `--check` it only says whether the files still hold. */
export const generated: Record<string, () => string> = {
  'openapi.json': () => `${JSON.stringify(toOpenApi(), null, 2)}\n`,
  'events.md': toEventReference,
  'permissions.md': toPermissions,
};

/** Names of the files that are not as the code would have them. */
export function findDrift(folder = import.meta.dirname): string[] {
  return Object.entries(generated)
    .filter(([name, generate]) => read(join(folder, name)) !== generate())
    .map(([name]) => name);
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function main(args: string[]): void {
  if (!args.includes('--check')) {
    for (const [name, generate] of Object.entries(generated)) {
      writeFileSync(join(import.meta.dirname, name), generate());
    }
    return;
  }
  const drift = findDrift();
  if (drift.length === 0) return;
  const files = drift.map((name) => `docs/${name}`).join(' and ');
  console.error(`Not as the code has it: ${files}. Run "npm run generate" and commit what it writes.`);
  process.exitCode = 1;
}

if (import.meta.main) main(process.argv.slice(2));
