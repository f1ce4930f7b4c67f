import { keptFor } from '../../shared/kernel/kept-for.ts';
import type { Campaign } from './campaign.ts';
import { getStoredCampaign } from './campaign-store.ts';

/** How old a campaign may be when it says yes, and when it says no (milliseconds). */
const longest = 30_000;
const shortest = 1_000;

const find = /* @__PURE__ */ keptFor(longest, getStoredCampaign);

/** A campaign as it was at most 30 s ago. */
export function findCampaign(slug: string, now: number): Promise<Campaign | undefined> {
  return find(slug, now);
}

/**
 * Decides by a campaign. What was cached may allow, but never refuse: a refusal is decided again on what is
 * stored, read at most once a second.
 * @param isUnsure of what was cached: that it may not allow, either, so that what is stored decides in any case.
 */
export async function decideByCampaign<T>(
  slug: string,
  now: number,
  decide: (campaign: Campaign | undefined) => T,
  isUnsure: (campaign: Campaign | undefined) => boolean = () => false,
): Promise<T> {
  const cached = find(slug, now);
  try {
    const campaign = await cached;
    return decide(isUnsure(campaign) ? await find(slug, now, shortest) : campaign);
  } catch (refusal) {
    const stored = find(slug, now, shortest);
    if (stored === cached) throw refusal;
    return decide(await stored);
  }
}
