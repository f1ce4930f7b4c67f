import { validate } from '../../shared/kernel/validate.ts';
import { type Selection, selectTargets } from './select-targets.ts';
import { type SelectedOffice, toSelectedOffice } from './selected-office.ts';
import { selectionAmong } from './selection-among.ts';
import type { Office, Target } from './target.ts';
import { findOffices, findTargets } from './target-cache.ts';
import { getTarget, listOffices, listTargets } from './target-store.ts';

/** What other rooms may know of targets; all of it is read-only. */
export type { Office, SelectedOffice, Selection, Target };

/** The offices that a campaign selects, in the order of their ids, as they were at most 30 s ago. */
export async function readTargets(selection: Selection, now: number): Promise<Target[]> {
  return selectTargets(selection, await findTargets(now));
}

/** The same for what anyone may see: functions that answer the public never have an address. */
export async function readOffices(selection: Selection, now: number): Promise<Office[]> {
  return selectTargets(selection, await findOffices(now));
}

/** One office as it is now. */
export function readTarget(id: string): Promise<Target | undefined> {
  return getTarget(id);
}

/** The offices that a campaign selects as they are now. */
export async function readTargetsNow(selection: Selection): Promise<Target[]> {
  return selectTargets(selection, await listTargets({ consistent: true }));
}

/** The same for campaigners. */
export async function readSelected(selection: Selection): Promise<SelectedOffice[]> {
  return (await readTargetsNow(selection)).map(toSelectedOffice);
}

/**
 * A selection as somebody sent it, and how many offices it selects now.
 * @throws Problem `invalid-fields` for what is no selection, or names offices that the registry does not have.
 */
export async function checkSelection(input: unknown): Promise<{ selection: Selection; count: number }> {
  const registry = await listOffices({ consistent: true });
  const selection = validate(selectionAmong(new Set(registry.map(({ id }) => id))), input);
  return { selection, count: selectTargets(selection, registry).length };
}
