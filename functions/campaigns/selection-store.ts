import { isDeepStrictEqual } from 'node:util';
import type { Audited } from '../../shared/audit/entry.ts';
import { changedMeanwhile } from '../../shared/http/refuse-stale.ts';
import type { Selection } from '../targets/read.ts';
import { refuseArchived } from './apply-settings.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { changeCampaign } from './change-campaign.ts';
import { requireTargets } from './stay-publishable.ts';

/** The selection as it is stored now. @throws Error when there is no such campaign. */
export async function getSelection(slug: string): Promise<Selection> {
  const campaign = await getStoredCampaign(slug);
  if (!campaign) throw new Error(`There is no campaign ${slug}`);
  return campaign.targets;
}

/**
 * Stores a selection in the place of the one that is there, and of nothing else of the campaign. The same selection again
 * writes nothing.
 * @param count how many offices it selects now.
 * @param follows whether the selection there by now is the one that the author has seen.
 * @throws Problem `precondition-failed` when it is not; `conflict` when the campaign is archived;
 * `invalid-fields` when it is published, and its letters would go to nobody.
 */
export async function saveSelection(
  slug: string,
  { selection, count }: { selection: Selection; count: number },
  follows: (stored: Selection) => boolean,
  audited: Audited,
): Promise<void> {
  await changeCampaign(slug, { audited }, (stored) => {
    if (isDeepStrictEqual(stored.targets, selection)) return stored;
    refuseArchived(stored);
    if (!follows(stored.targets)) throw changedMeanwhile(stored.targets, selection);
    requireTargets(stored, count);
    return { ...stored, targets: selection };
  });
}
