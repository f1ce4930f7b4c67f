import * as z from 'zod';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import { type ActionKey, fromKey, keyHash, toActionId } from './action.ts';

/** As what an organisation takes part: by a pledge, or by its name alone. */
export const OrganisationKind = ActionKind.exclude(['signature']);
export type OrganisationKind = z.output<typeof OrganisationKind>;

/**
 * Where a verified organisation stands in a campaign's list: `<campaign>#organisations`, or `#endorsers`, / time of the
 * verification and hash of the action's key. It holds the action's id and nothing else, and is neither changed nor removed: who reads the
 * list looks at the action, and leaves out what no longer stands or was verified again later.
 */
export const Place = z.object({ pk: z.string(), sk: z.string(), action: z.string() });
export type Place = z.output<typeof Place>;

const lists = { pledge: '#organisations', endorsement: '#endorsers' } as const;

export function toPlace(
  campaign: string,
  kind: OrganisationKind,
  action: ActionKey,
  verifiedAt: number,
): Place {
  const id = toActionId({ ...fromKey(action), hash: action.sk });
  return {
    pk: placesOf(campaign, kind),
    sk: `${new Date(verifiedAt).toISOString()}~${keyHash(action)}`,
    action: id,
  };
}

/** Key of the partition of a campaign's places. */
export function placesOf(campaign: string, kind: OrganisationKind): string {
  return `${campaign}${lists[kind]}`;
}

/** Whether an item of the table is no action but such a place. */
export function isPlace(item: unknown): boolean {
  const { pk } = item as { pk: string };
  return Object.values(lists).some((list) => pk.endsWith(list));
}

/** Whether it was put there by this verification (ISO time), which is the last one. */
export function isOf({ sk }: Place, verifiedAt: string): boolean {
  return sk.startsWith(`${verifiedAt}~`);
}
