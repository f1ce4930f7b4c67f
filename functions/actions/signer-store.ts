import { fromKey, toActionId } from './action.ts';
import { lookUp } from './look-up.ts';
import { NamedAction, toShownName } from './shown-name.ts';

/** Of what was said, the names alone. */
const named = ['pk', 'sk', 'state', 'current.givenName', 'current.familyName', 'current.display'];

/**
 * Names of those supporters who are to be shown by what is stored at this moment, in the order of the ids. Whoever shows
 * them looks here each time, so that there is no copy of a name to be removed with it.
 * @param ids of at most 100 actions, no two the same
 */
export async function listShownNames(ids: string[]): Promise<string[]> {
  const names = new Map<string, string>();
  for (const item of await lookUp(ids, named)) {
    const action = NamedAction.parse(item);
    const name = toShownName(action);
    if (name) names.set(toActionId(fromKey(action)), name);
  }
  return ids.flatMap((id) => names.get(id) ?? []);
}
