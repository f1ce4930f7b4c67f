import { type CatalogueEvent, toEvent } from '../../shared/events/catalogue.ts';
import { Action, countedBy, type Details, fromKey, keyHash, linkLifetime, toActionId } from './action.ts';
import { getAction } from './action-store.ts';
import { confirmLink, manageLink } from './links.ts';

/** What other rooms may know of actions; all of it is read-only. */
export type { Action, Details };

export function readAction(id: string): Promise<Action | undefined> {
  return getAction(id);
}

/** The link that confirms what was asked at this version. */
export function confirmLinkOf(id: string, { askedVersion, askedAt }: Action): Promise<string> {
  return confirmLink(id, askedVersion, askedAt + linkLifetime);
}

/** The link by which the supporter sees, withdraws and erases what is confirmed. */
export function manageLinkOf(
  id: string,
  { currentVersion, askedVersion, confirmedAt, askedAt }: Action,
): Promise<string> {
  return manageLink(id, currentVersion ?? askedVersion, confirmedAt ?? askedAt);
}

/** The news in a change of an item of the Actions table, for the outbox: one event a change at most. */
export function actionNews(before: unknown, after: unknown): CatalogueEvent[] {
  const [old, now] = [before === undefined ? undefined : Action.parse(before), Action.parse(after)];
  const action = toActionId({ ...fromKey(now), hash: now.sk });
  const envelope = { id: `actions:${keyHash(now)}:${now.version}`, action };
  const changedAt = new Date(now.changedAt ?? now.askedAt).toISOString();
  const [counted, counts] = [old && countedBy(old), countedBy(now)];
  if (now.askedVersion !== old?.askedVersion) {
    const at = new Date(now.askedAt).toISOString();
    return [toEvent('ActionTaken', { ...envelope, at, version: now.askedVersion })];
  }
  if (counts && !counted) return [toEvent('ActionConfirmed', { ...envelope, at: changedAt, after: counts })];
  if (counted && !counts)
    return [toEvent('ActionWithdrawn', { ...envelope, at: changedAt, before: counted })];
  if (counted && counts && now.currentVersion !== old?.currentVersion) {
    return [toEvent('ActionChanged', { ...envelope, at: changedAt, before: counted, after: counts })];
  }
  return [];
}
