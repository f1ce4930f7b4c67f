import { type CatalogueEvent, type Counted, toEvent } from '../../shared/events/catalogue.ts';
import { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import {
  type Action,
  type ActionKey,
  type Counts,
  type Current,
  type Details,
  fromKey,
  type Joined,
  keyHash,
  toActionId,
  verificationOf,
} from './action.ts';

/** By what the count of an action changed. */
export type ChangeKind =
  | 'confirmed'
  | 'verified'
  | 'fulfilled'
  | 'withdrawn'
  | 'erased'
  | `invalidated+${InvalidationReason}`;

/** One change of what an action counts by; without `before` it did not count before, without `after` not since. */
export interface CountChange {
  version: number;
  /** Milliseconds since the epoch. */
  at: number;
  kind: ChangeKind;
  before: Counted | undefined;
  after: Counted | undefined;
}

/** The events that tell of such a change. */
export type CountEvent = CatalogueEvent<
  'ActionConfirmed' | 'ActionChanged' | 'ActionWithdrawn' | 'ActionErased' | 'ActionInvalidated'
>;

/** What stands in an item for its history. */
export type Remembered = ActionKey & Pick<Action, 'history' | 'historyVersions'>;

/** Where a change stands in `history` and `historyVersions`: no two changes of an item share it. */
export function historyKey(at: number, kind: ChangeKind): string {
  return `${at} ${kind}`;
}

/** What details count by once they are confirmed; null for what a campaigner has yet to verify. */
export function countsOf(details: Current): Counts | null {
  const { campaign, country, partner, source, display, pledge, joined } = details;
  if (verificationOf(details)?.toVerify) return null;
  const money = toMoney(pledge);
  return {
    campaign,
    country,
    ...(partner && { partner }),
    ...(source && { source }),
    ...(display !== 'anonymous' && { shown: true }),
    ...(money && { pledge: money }),
    ...(joined && { joined: joined.map(toOrigin) }),
  };
}

/** Every change of what an action counts by, in the order of its versions: the same whoever asks, and whenever. */
export function changesOf(action: Remembered): CountChange[] {
  const changes = Object.entries(action.history)
    .map(([key, counts]) => toChange(action, key, counts))
    .sort((one, other) => one.version - other.version);
  for (const [at, change] of changes.entries()) change.before = changes[at - 1]?.after;
  return changes;
}

/** What an action counts by; undefined while it does not count. */
export function countedBy(action: Remembered): Counted | undefined {
  return changesOf(action).at(-1)?.after;
}

/** The events that have told, or will tell, of all changes; their ids are made of the versions. */
export function countEvents(action: Remembered): CountEvent[] {
  return changesOf(action).flatMap((change) => toEvents(action, change));
}

/** Id of the event that tells of an item's change to a version. */
export function eventId(action: ActionKey, version: number): string {
  return `actions:${keyHash(action)}:${version}`;
}

function toOrigin({ campaign, partner, source }: Joined): NonNullable<Counts['joined']>[number] {
  return { campaign, ...(partner && { partner }), ...(source && { source }) };
}

/** A pledge without money counts, too, but for no sum. */
function toMoney({ currency, amount }: Partial<NonNullable<Details['pledge']>> = {}): Counts['pledge'] {
  return currency && amount ? { currency, amount } : undefined;
}

function toChange(action: Remembered, key: string, counts: Counts | null): CountChange {
  const [at, kind] = key.split(' ');
  const { root, kind: actionKind } = fromKey(action);
  return {
    version: action.historyVersions[key] ?? 0,
    at: Number(at),
    kind: kind as ChangeKind,
    before: undefined,
    after: counts ? ({ ...counts, root, kind: actionKind } as Counted) : undefined,
  };
}

function toEvents(action: ActionKey, { version, at, kind, before, after }: CountChange): CountEvent[] {
  const facts = {
    id: eventId(action, version),
    at: new Date(at).toISOString(),
    action: toActionId({ ...fromKey(action), hash: action.sk }),
  };
  if (before && after) return [toEvent('ActionChanged', { ...facts, before, after })];
  if (after) return [toEvent('ActionConfirmed', { ...facts, after })];
  if (!before) return [];
  const [way, reason] = kind.split('+');
  if (way === 'invalidated')
    return [toEvent('ActionInvalidated', { ...facts, before, reason: InvalidationReason.parse(reason) })];
  return [toEvent(way === 'erased' ? 'ActionErased' : 'ActionWithdrawn', { ...facts, before })];
}
