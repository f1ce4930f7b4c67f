import { Problem } from '../../shared/kernel/problem.ts';
import type { ParsedRegistry } from './parse-registry.ts';
import { type ImportPlan, planImport } from './plan-import.ts';
import { listTargets, putTargets } from './target-store.ts';

export interface ImportOptions {
  /** Import what is good of a file that has bad rows. */
  skipBad?: boolean | undefined;
  /** Say what would be imported, and import nothing. */
  dryRun?: boolean | undefined;
}

/**
 * Imports a registry that was read from a file, if it is not refused. What is there already as it is in the file is not
 * written again.
 * @param begun Start of the request, Unix time in milliseconds: no office is put later than 20 s after it.
 * @throws Problem `try-again-later` when the table did not take all of it: importing the same again goes on.
 */
export async function importTargets(
  file: ParsedRegistry,
  { skipBad = false, dryRun = false }: ImportOptions,
  begun: number,
): Promise<ImportPlan> {
  const plan = planImport(file, await listTargets({ consistent: true }), skipBad);
  if (plan.refused || dryRun) return plan;
  const put = await putTargets(plan.puts, begun);
  if (put < plan.puts.length)
    throw new Problem(
      'try-again-later',
      `Only ${put} of ${plan.puts.length} offices could be saved. Import the same file again: it goes on with the others.`,
      { retryAfter: 5 },
    );
  return plan;
}
