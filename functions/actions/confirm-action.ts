import type { Action } from './action.ts';
import type { Change } from './action-store.ts';
import { linkExpired } from './links.ts';

/**
 * The action that a link of this version confirmed, now or before: pressing again is no error.
 * @throws Problem `link-expired` when a newer request, a withdrawal or time has overtaken it.
 */
export function requireConfirmed({ action }: Change, version: number): Action {
  if (action?.state === 'confirmed' && action.currentVersion === version) return action;
  throw linkExpired();
}

/**
 * The action that is in this state now, by this change or one before it.
 * @throws Problem `link-expired` when there is no such action any more.
 */
export function requireState({ action }: Change, state: Action['state']): Action {
  if (action?.state === state) return action;
  throw linkExpired();
}
