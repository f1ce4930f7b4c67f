import { isDeepStrictEqual } from 'node:util';
import { findTwins } from './find-twins.ts';
import { type Located, mostTargets, type ParsedRegistry } from './parse-registry.ts';
import { type RowError, rowError } from './row-error.ts';
import type { Target } from './target.ts';

export interface ImportPlan {
  /** Whether nothing at all is to be imported. */
  refused: boolean;
  /** What is to be put into the registry. */
  puts: Target[];
  added: number;
  changed: number;
  unchanged: number;
  /** Bad rows. */
  skipped: number;
  /** All that is wrong, in the order of the lines. */
  errors: RowError[];
}

/**
 * What importing a file would do to a registry. Offices are told apart by their ids; what is there and not in the file
 * stays as it is. A bad row refuses all of it, unless bad rows are to be skipped.
 */
export function planImport(file: ParsedRegistry, registry: Target[], skipBad: boolean): ImportPlan {
  const twins = findTwins(file.targets, registry);
  const bad = new Set(twins.map(({ id }) => id));
  const good = file.targets.filter(({ target }) => !bad.has(target.id));
  const byId = new Map(registry.map((target) => [target.id, target]));
  const added = good.filter(({ target }) => !byId.has(target.id));
  const changed = good.filter(({ target }) => isOther(target, byId.get(target.id)));
  const faults = [...file.faults, ...refuseFull(registry.length, added)];
  const errors = [...file.errors, ...twins];
  return {
    refused: faults.length > 0 || (errors.length > 0 && !skipBad),
    puts: [...added, ...changed].map(({ target }) => target),
    added: added.length,
    changed: changed.length,
    unchanged: good.length - added.length - changed.length,
    skipped: file.rows - good.length,
    errors: [...faults, ...errors].sort((one, other) => one.line - other.line),
  };
}

function isOther(target: Target, known: Target | undefined): boolean {
  return known !== undefined && !isDeepStrictEqual(target, known);
}

function refuseFull(kept: number, added: Located[]): RowError[] {
  const first = added[mostTargets - kept];
  if (!first) return [];
  const message = `With these, the registry would have ${kept + added.length} offices; it has room for ${mostTargets}.`;
  return [rowError(first.line, 'registry-full', message)];
}
