import * as z from 'zod';
import type { Counted } from '../../shared/events/catalogue.ts';

/** A signature: the end of its id, the version of its last change, and the time of that in milliseconds since the epoch. */
const Entry = z.tuple([z.string(), z.int(), z.int()]);

/**
 * The signatures of a tally that were confirmed last, of supporters who chose to be shown in public: `shown`, newest
 * first; and those that left (`gone`). They stand in the item of the tally, so that they move with its counts in the one
 * write on the version that was read. Whoever counts pays for every kB of that item: so there are few of them, their
 * numbers have no names, and how all ids of a tally begin (`of`: the root campaign and the kind) stands there once.
 */
export const RecentSigners = z.object({ of: z.string(), shown: z.array(Entry), gone: z.array(Entry) });
export type RecentSigners = z.output<typeof RecentSigners>;

/** How many are shown, and how many are remembered to have left. */
const most = { shown: 10, gone: 5 };

/** What became of a supporter who is shown, or was. Versions tell which change was the later one: clocks may lag behind. */
export interface SignerChange {
  /** Id of the action. */
  action: string;
  version: number;
  at: number;
  shown: boolean;
}

/** Undefined of supporters who were not shown and are not now, and of pledges. */
export function toSignerChange(
  { id, action }: { id: string; action: string },
  at: number,
  before: Counted | undefined,
  after: Counted | undefined,
): SignerChange | undefined {
  const isSignature = (after ?? before)?.kind === 'signature';
  if (!isSignature || !(before?.shown || after?.shown)) return undefined;
  return { action, version: versionIn(id), at, shown: after?.shown === true };
}

/**
 * The signers after more changes. However often and in whatever order changes come:
 *
 * - Whoever is shown at last is in it, unless ten came later, those of them who left again included. So when nobody left,
 *   it is exactly the ten newest. Who made room for another does not come back when that one leaves.
 * - Whoever is not shown at last is not in it, also when the confirmation comes after its own withdrawal: unless five
 *   others left later than that, of which no more are remembered. Who shows names looks at each action, and leaves these out.
 */
export function nextSigners(before: RecentSigners | undefined, changes: SignerChange[]): RecentSigners {
  const latest = new Map<string, SignerChange>();
  for (const change of [...(before ? toChanges(before) : []), ...changes]) {
    const known = latest.get(change.action);
    if (!known || known.version < change.version) latest.set(change.action, change);
  }
  const all = [...latest.values()].sort(newestFirst);
  return {
    of: startOf(all[0]?.action ?? ''),
    shown: all
      .filter(({ shown }) => shown)
      .slice(0, most.shown)
      .map(toEntry),
    gone: all
      .filter(({ shown }) => !shown)
      .slice(0, most.gone)
      .map(toEntry),
  };
}

/** Ids of the actions of those who are shown, newest first. */
export function toSignerIds({ of, shown }: RecentSigners): string[] {
  return shown.map(([end]) => of + end);
}

function toChanges({ of, shown, gone }: RecentSigners): SignerChange[] {
  const toChange =
    (isShown: boolean) =>
    ([end, version, at]: z.output<typeof Entry>) => ({ action: of + end, version, at, shown: isShown });
  return [...shown.map(toChange(true)), ...gone.map(toChange(false))];
}

function toEntry({ action, version, at }: SignerChange): z.output<typeof Entry> {
  return [action.slice(startOf(action).length), version, at];
}

/** `<root campaign>~<kind>~`, of an action's id. */
function startOf(action: string): string {
  return action.slice(0, action.lastIndexOf('~') + 1);
}

/** Of the item that an event tells of: `<room>:<key>:<version>`. */
function versionIn(id: string): number {
  return Number(id.slice(id.lastIndexOf(':') + 1));
}

/** Those of one millisecond in the order of their ids, so that there is one order only. */
function newestFirst(one: SignerChange, other: SignerChange): number {
  return other.at - one.at || (one.action < other.action ? -1 : 1);
}
