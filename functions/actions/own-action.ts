import { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Campaign } from '../campaigns/read.ts';
import { type ActionFacts, type ActionView, toActionView } from './action-view.ts';

/** A campaign, as far as it says which actions are its own: all under a root, and of a chapter those that signed it. */
export type Owner = Pick<Campaign, 'slug' | 'partOf'>;

const ids = new RegExp(`^([a-z0-9-]+)~(?:${ActionKind.options.join('|')})~[\\w-]{2,86}$`);

/** Actions lie under their root campaign, those of its chapters too. */
export function rootOf({ slug, partOf }: Owner): string {
  return partOf ?? slug;
}

/** Can an id be of one of the campaign's own actions? What else its campaigners send is unknown to them. */
export function mayBeOwn(campaign: Owner, id: string): boolean {
  const [, root] = ids.exec(id) ?? [];
  return root === rootOf(campaign);
}

/** The action as the campaign's campaigners see it, a chapter's by what was said there; undefined for what is not theirs to see. */
export function toOwnView({ slug, partOf }: Owner, facts: ActionFacts | undefined): ActionView | undefined {
  return facts && toActionView(facts, partOf && slug);
}

/** Whether a chapter's action counts for other campaigns under the root, too, so that it is not the chapter's alone. */
export function isShared({ partOf }: Owner, facts: ActionFacts | undefined): boolean {
  return partOf !== undefined && facts?.current?.joined !== undefined;
}
