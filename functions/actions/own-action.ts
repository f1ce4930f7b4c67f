import type { Campaign } from '../campaigns/read.ts';
import { type ActionFacts, type ActionView, toActionView } from './action-view.ts';

/** A campaign, as far as it says which actions are its own: all under a root, and of a chapter what was signed there. */
export type Owner = Pick<Campaign, 'slug' | 'partOf'>;

/** Actions lie under their root campaign, those of its chapters too. */
export function rootOf({ slug, partOf }: Owner): string {
  return partOf ?? slug;
}

/** Can an id be of one of the campaign's own actions? What else its campaigners send is unknown to them. */
export function mayBeOwn(campaign: Owner, id: string): boolean {
  const [, root] = /^([a-z0-9-]+)~(?:signature|pledge)~[\w-]{2,86}$/.exec(id) ?? [];
  return root === rootOf(campaign);
}

/** The action as the campaign's campaigners see it; undefined for what is not theirs to see. */
export function toOwnView(campaign: Owner, facts: ActionFacts | undefined): ActionView | undefined {
  const view = facts && toActionView(facts);
  return campaign.partOf && view?.campaign !== campaign.slug ? undefined : view;
}
