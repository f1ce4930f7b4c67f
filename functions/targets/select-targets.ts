import { liesIn } from '../../shared/kernel/jurisdiction.ts';
import type { Office } from './target.ts';

/** As a campaign keeps it, in the shape of `TargetSelection`, by which it was checked. */
export interface Selection {
  rules: Rule[];
  ids: string[];
  except: string[];
}
interface Rule {
  classification?: string | undefined;
  areas?: string[] | undefined;
  regions?: string[] | undefined;
}

/** What a selection goes by. */
type Selectable = Pick<Office, 'id' | 'classification' | 'area_id'>;

/** The offices of a registry that are selected, each once, in the registry's order. */
export function selectTargets<T extends Selectable>({ rules, ids, except }: Selection, registry: T[]): T[] {
  const [named, excepted] = [new Set(ids), new Set(except)];
  return registry.filter(
    (target) =>
      !excepted.has(target.id) && (named.has(target.id) || rules.some((rule) => fits(rule, target))),
  );
}

/** What a rule does not speak of always fits. */
function fits(
  { classification, areas, regions }: Rule,
  { classification: kind, area_id }: Selectable,
): boolean {
  return (
    (classification === undefined || classification === kind) &&
    (areas === undefined || areas.includes(area_id)) &&
    (regions === undefined || regions.some((region) => liesIn(area_id, region)))
  );
}
