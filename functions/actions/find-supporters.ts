import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { answerTo, type Exported, type ExportQuery, toRow } from './export-supporters.ts';
import { nextPartition, startOf, toCursor } from './list-cursor.ts';
import { rootOf } from './own-action.ts';
import { readConfirmed, readTwins } from './supporter-store.ts';

/** Queries of one call, as many as all kinds have partitions, and actions that each looks at. */
const mostQueries = 256 * ActionKind.options.length;
const perQuery = 100;
/** No further query is begun after this (milliseconds): a CDN waits 5 s for an answer. */
const patience = 3_000;

/**
 * Rows of supporters who granted the consent, each once, in no order that means anything. A call looks at a bounded part
 * of them: it can find none and still not be at the end, where the cursor is null.
 */
export async function findSupporters(
  exported: Exported,
  query: ExportQuery,
): Promise<{ rows: string[][]; cursor: string | null }> {
  const rows: string[][] = [];
  const deadline = Date.now() + patience;
  let position = query.cursor ?? startOf(ActionKind.options);
  for (let queries = 0; queries < mostQueries && Date.now() <= deadline; queries++) {
    const page = await readConfirmed(rootOf(exported.campaign), position, perQuery);
    const asked = page.actions.filter((action) => answerTo(exported, action));
    const twins = await readTwins(asked);
    for (const action of asked) {
      const row = toRow(exported, action, twins.get(action.sk) ?? []);
      if (row) rows.push(row);
      if (rows.length === query.limit) return { rows, cursor: toCursor({ ...position, after: action.sk }) };
    }
    const next = page.after
      ? { ...position, after: page.after }
      : nextPartition(position, ActionKind.options);
    if (!next) return { rows, cursor: null };
    position = next;
  }
  return { rows, cursor: toCursor(position) };
}
