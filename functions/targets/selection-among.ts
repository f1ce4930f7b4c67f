import { TargetSelection } from '../../shared/kernel/target-selection.ts';

/** A selection that names no other offices than these. */
export function selectionAmong(known: Set<string>) {
  return TargetSelection.check(({ value, issues }) => {
    for (const list of ['ids', 'except'] as const)
      for (const [at, id] of value[list].entries())
        if (!known.has(id)) issues.push(unknownOffice(id, [list, at]));
  });
}

function unknownOffice(input: string, path: PropertyKey[]) {
  const message = 'There is no such office in the registry; give the id of one.';
  return { code: 'custom' as const, input, path, message, params: { code: 'unknown-office' } };
}
