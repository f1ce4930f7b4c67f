import { type CatalogueEvent, toEvent } from '../../shared/events/catalogue.ts';
import { Action, type Details, fromActionId, fromKey, linkLifetime, toActionId } from './action.ts';
import { getAction } from './action-store.ts';
import { countEvents, eventId } from './count-history.ts';
import { type ActionPart, actionParts, type CountedPage, listCounted } from './counted-actions.ts';
import { isSigned } from './find-signed.ts';
import { saidBefore } from './join-campaign.ts';
import { confirmLink, manageLink } from './links.ts';
import { isLogo } from './logo.ts';
import { isPlace, type OrganisationKind } from './organisation-place.ts';
import { findOrganisations, type OrganisationPage } from './organisation-store.ts';
import type { Owner } from './own-action.ts';
import { listShownNames } from './signer-store.ts';

/** What other rooms may know of actions; all of it is read-only. */
export type { Action, ActionPart, Details };

export function readAction(id: string): Promise<Action | undefined> {
  return getAction(id);
}

/** What stands confirmed in the campaign that is asked for; undefined when that was not signed before. */
export function readSaidIn({ current, asked }: Action): Details | undefined {
  return current && asked && saidBefore(current, asked.campaign);
}

/**
 * The names by which the supporters of these actions are shown in public, in the order of the ids: "Amina Otieno",
 * "A. O." or "王＊＊". Left out is whoever does not want to be shown, or does not stand by it, at this moment.
 * @param ids of at most 100 actions, no two the same
 */
export function readSigners(ids: string[]): Promise<string[]> {
  return listShownNames(ids);
}

/**
 * The organisations whose pledges or endorsements a campaign, or one of its chapters, has verified, and that stand by them
 * at this moment: so many of them, newest first. `total` is the number of all, at most a minute old where they are more.
 */
export function readOrganisations(
  campaign: string,
  kind: OrganisationKind,
  limit: number,
  now: number,
): Promise<OrganisationPage> {
  return findOrganisations(campaign, kind, { limit }, now);
}

/** The 768 parts in which all actions of a root campaign lie. */
export function readActionParts(): ActionPart[] {
  return actionParts;
}

/** Every event that was or will be told of what the actions of a part count by, page by page. */
export function readCountEvents(
  root: string,
  part: ActionPart,
  options: { consistent: boolean },
): AsyncGenerator<CountedPage> {
  return listCounted(root, part, options);
}

/**
 * Whether anybody has ever confirmed an action in this very campaign, counted or not, as it is stored now.
 * @throws Problem `try-again-later` when that cannot be found out in 2.5 s.
 */
export function readIsSigned(campaign: Owner): Promise<boolean> {
  return isSigned(campaign);
}

/** The link that confirms what was asked at this version. */
export function confirmLinkOf(id: string, { asked, askedVersion, askedAt }: Action): Promise<string> {
  const campaign = asked?.campaign ?? fromActionId(id).root;
  return confirmLink(id, campaign, askedVersion, askedAt + linkLifetime);
}

/** The link by which the supporter sees, withdraws and erases what is confirmed. */
export function manageLinkOf(
  id: string,
  { currentVersion, askedVersion, confirmedAt, askedAt }: Action,
): Promise<string> {
  return manageLink(id, currentVersion ?? askedVersion, confirmedAt ?? askedAt);
}

/** The news in a change of an item of the Actions table, for the outbox: one event a change at most, and none of a list or a logo. */
export function actionNews(before: unknown, after: unknown): CatalogueEvent[] {
  if (isPlace(after) || isLogo(after)) return [];
  const [old, now] = [before === undefined ? undefined : Action.parse(before), Action.parse(after)];
  if (now.version === old?.version) return [];
  if (now.askedVersion !== old?.askedVersion) return [toActionTaken(now)];
  const id = eventId(now, now.version);
  return countEvents(now).filter(({ detail }) => detail.id === id);
}

function toActionTaken(action: Action): CatalogueEvent {
  const { askedVersion, askedAt, version } = action;
  return toEvent('ActionTaken', {
    id: eventId(action, version),
    at: new Date(askedAt).toISOString(),
    action: toActionId({ ...fromKey(action), hash: action.sk }),
    version: askedVersion,
  });
}
