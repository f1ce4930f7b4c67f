import type { PublicCampaign } from '../../functions/campaigns/campaign.ts';
import { type Counts, countsOf } from './counts.ts';

/** There is no stack or campaign that the load could be put on; the message says what to do. */
export class UnfitTarget extends Error {
  override name = 'UnfitTarget';
}

/**
 * The campaign as its page shows it.
 * @throws UnfitTarget unless a local stack with an inbox answers at `url`, and the campaign is live on it.
 */
export async function readTarget(url: string, slug: string): Promise<PublicCampaign> {
  const answer = await ask(url, `/v1/campaigns/${encodeURIComponent(slug)}`);
  if (answer.status === 404)
    throw new UnfitTarget(`There is no campaign ${slug} at ${url}: name one with --campaign.`);
  if (!answer.ok)
    throw new UnfitTarget(`${url} is not ready, it answered ${answer.status}: try again when it is up.`);
  const campaign = await answer.json().catch(() => undefined);
  const inbox = await ask(url, '/inbox/messages?limit=1');
  if (!isCampaign(campaign) || !inbox.ok)
    throw new UnfitTarget(`What answers at ${url} is no local stack: start one with npm start.`);
  const closed = whyClosed(campaign, new Date().toISOString());
  if (closed) throw new UnfitTarget(`The campaign ${slug} ${closed}: name one that is open with --campaign.`);
  return campaign;
}

/** The numbers of a tally, and its ETag. */
export interface SeenCounts {
  counts: Counts;
  etag: string;
}

export async function readCounts(url: string, slug: string): Promise<SeenCounts> {
  const seen = await readNewCounts(url, slug, undefined);
  if (!seen) throw new Error(`The tally of ${slug} was asked for without an ETag and answered as known.`);
  return seen;
}

/** Undefined when the tally is still the one of the ETag. */
export async function readNewCounts(
  url: string,
  slug: string,
  etag: string | undefined,
): Promise<SeenCounts | undefined> {
  const headers: Record<string, string> = etag ? { 'if-none-match': etag } : {};
  const answer = await fetch(`${url}/v1/campaigns/${slug}/tally`, { headers }).catch(() => {
    throw new Error(`${url} does not answer any more.`);
  });
  if (answer.status === 304) return undefined;
  if (!answer.ok) throw new Error(`The tally of ${slug} was answered ${answer.status}.`);
  return { counts: countsOf(await answer.json()), etag: answer.headers.get('etag') ?? '' };
}

async function ask(url: string, path: string): Promise<Response> {
  try {
    return await fetch(url + path);
  } catch {
    throw new UnfitTarget(`Nothing answers at ${url}: start a stack with npm start, or give its --url.`);
  }
}

function isCampaign(found: unknown): found is PublicCampaign {
  return Array.isArray(Object(found).kinds) && Array.isArray(Object(found).consents);
}

/** Times of ISO 8601 in UTC sort as texts. */
function whyClosed({ status, opensAt, closesAt }: PublicCampaign, now: string): string | undefined {
  if (status !== 'live') return `is ${status}`;
  if (now < opensAt) return `opens at ${opensAt}`;
  return closesAt && now >= closesAt ? `closed at ${closesAt}` : undefined;
}
