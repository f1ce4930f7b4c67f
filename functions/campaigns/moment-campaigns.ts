import type { Campaign } from './campaign.ts';

/** Campaigns that belong to a moment: they say so, or are chapters of one that does. */
export function campaignsOf(moment: string, all: Campaign[]): Campaign[] {
  const roots = new Set(all.filter((campaign) => campaign.moment === moment).map(({ slug }) => slug));
  return all.filter(({ slug, partOf = '' }) => roots.has(slug) || roots.has(partOf));
}

/** Slug of the moment that a campaign is for: its own, else that of its root. */
export function momentOf({ moment, partOf }: Campaign, all: Campaign[]): string | undefined {
  return moment ?? all.find(({ slug }) => slug === partOf)?.moment;
}
