import type { Changes } from '../../shared/audit/audit-schema.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import type { ParsedRegistry } from './parse-registry.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import type { Target } from './target.ts';
import { listTargets, putTargets } from './target-store.ts';

export interface ImportOptions {
  /** Import what is good of a file that has bad rows. */
  skipBad?: boolean | undefined;
  /** Say what would be imported, and import nothing. */
  dryRun?: boolean | undefined;
}

/** Puts into the log what is about to be changed. */
export type Tell = (changes: Changes) => Promise<void>;

/** Offices of one entry in the log, which takes 400 kB, and entries written at once. */
const sizes = { entry: 25, atOnce: 10 };

/**
 * Imports a registry that was read from a file, if it is not refused. What is there already as it is in the file is not
 * written again.
 * @param begun Start of the request, Unix time in milliseconds: no office is put later than 20 s after it.
 * @param tell where a campaigner imports: called before anything is put, once for every few offices.
 * @throws Problem `try-again-later` when the table did not take all of it: importing the same again goes on.
 */
export async function importTargets(
  file: ParsedRegistry,
  { skipBad = false, dryRun = false }: ImportOptions,
  begun: number,
  tell?: Tell,
): Promise<ImportPlan> {
  const registry = await listTargets({ consistent: true });
  const plan = planImport(file, registry, skipBad);
  if (plan.refused || dryRun) return plan;
  if (tell) await tellAll(plan.puts, registry, tell);
  const put = await putTargets(plan.puts, begun);
  if (put < plan.puts.length)
    throw new Problem(
      'try-again-later',
      `Only ${put} of ${plan.puts.length} offices could be saved. Import the same file again: it goes on with the others.`,
      { retryAfter: 5 },
    );
  return plan;
}

async function tellAll(puts: Target[], registry: Target[], tell: Tell): Promise<void> {
  const known = new Map(registry.map((target) => [target.id, target]));
  const waiting = inGroups(puts, sizes.entry).map((group) =>
    Object.fromEntries(group.map((after) => [after.id, { before: known.get(after.id), after }])),
  );
  for (const some of inGroups(waiting, sizes.atOnce)) await Promise.all(some.map(tell));
}

function inGroups<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}
