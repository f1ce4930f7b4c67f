import { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Campaign } from '../campaigns/read.ts';
import { type ActionList, isWanted, type ListQuery } from './list-actions.ts';
import { nextPartition, startOf, toCursor } from './list-cursor.ts';
import { readPage } from './list-store.ts';
import { OrganisationKind } from './organisation-place.ts';
import { rootOf, toOwnView } from './own-action.ts';

/** Queries of one call, as many as a kind has partitions, and actions that each looks at. */
const mostQueries = 256;
const perQuery = 100;
/** No further query is begun after this (milliseconds), so that there is an answer before the function's time is up. */
const patience = 5_000;

/**
 * The campaign's own actions that are looked for, in the order of their partitions, which is no order that means
 * anything. A call looks at a bounded part of them: it can find none and still not be at the end.
 */
export async function findActions(campaign: Campaign, query: ListQuery): Promise<ActionList> {
  const kinds = kindsOf(query);
  const actions: ActionList['actions'] = [];
  const deadline = Date.now() + patience;
  let position = query.cursor ?? startOf(kinds);
  for (let queries = 0; queries < mostQueries && Date.now() <= deadline; queries++) {
    const page = await readPage(rootOf(campaign), position, perQuery);
    for (const facts of page.actions) {
      const view = toOwnView(campaign, facts);
      if (view && isWanted(query, view)) actions.push(view);
      if (actions.length === query.limit)
        return { actions, cursor: toCursor({ ...position, after: facts.sk }) };
    }
    const next = page.after ? { ...position, after: page.after } : nextPartition(position, kinds);
    if (!next) return { actions, cursor: null };
    position = next;
  }
  return { actions, cursor: toCursor(position) };
}

/** Signatures are not verified: to find what waits, none of them need be looked at. */
function kindsOf({ kind, toVerify }: ListQuery): readonly ActionKind[] {
  if (kind) return [kind];
  return toVerify === 'true' ? OrganisationKind.options : ActionKind.options;
}
