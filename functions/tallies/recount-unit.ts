import { readAllCampaigns } from '../campaigns/read.ts';
import type { Thresholds } from './reach-milestones.ts';

/** What is recounted together: a root campaign and its chapters, with their milestones, by their slugs. */
export type Unit = Map<string, Thresholds>;

export async function readUnit(root: string, now: number): Promise<Unit> {
  const all = await readAllCampaigns(now);
  const its = all.filter(({ slug, partOf }) => slug === root || partOf === root);
  return new Map(its.map(({ slug, milestones }) => [slug, milestones]));
}
