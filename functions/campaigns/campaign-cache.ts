import type { Campaign } from './campaign.ts';
import { getCampaign } from './campaign-store.ts';

/** How old a campaign may be when it says yes, and when it says no (milliseconds). */
const longest = 30_000;
const shortest = 1_000;

const cache = new Map<string, { campaign: Promise<Campaign | undefined>; readAt: number }>();

/** A campaign as it was at most 30 s ago. */
export function findCampaign(slug: string, now: number): Promise<Campaign | undefined> {
  return readThrough(slug, now, longest);
}

/**
 * Decides by a campaign. What was cached may allow, but never refuse: a refusal is decided again on what is
 * stored, read at most once a second.
 */
export async function decideByCampaign<T>(
  slug: string,
  now: number,
  decide: (campaign: Campaign | undefined) => T,
): Promise<T> {
  try {
    return decide(await readThrough(slug, now, longest));
  } catch (refusal) {
    const cached = cache.get(slug);
    if (cached && now - cached.readAt < shortest) throw refusal;
    return decide(await readThrough(slug, now, shortest));
  }
}

function readThrough(slug: string, now: number, oldest: number): Promise<Campaign | undefined> {
  const cached = cache.get(slug);
  if (cached && now - cached.readAt < oldest) return cached.campaign;
  const campaign = getCampaign(slug);
  cache.set(slug, { campaign, readAt: now });
  campaign.catch(() => cache.delete(slug));
  // Slugs that nobody has would otherwise fill the memory.
  if (cache.size > 1_000) cache.delete(cache.keys().next().value ?? '');
  return campaign;
}
