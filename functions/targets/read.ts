import { type Selection, selectTargets } from './select-targets.ts';
import type { Target } from './target.ts';
import { findTargets } from './target-cache.ts';
import { getTarget } from './target-store.ts';

/** What other rooms may know of targets; all of it is read-only. */
export type { Target };

/** The offices that a campaign selects, in the order of their ids, as they were at most 30 s ago. */
export async function readTargets(selection: Selection, now: number): Promise<Target[]> {
  return selectTargets(selection, await findTargets(now));
}

/** One office as it is now. */
export function readTarget(id: string): Promise<Target | undefined> {
  return getTarget(id);
}
