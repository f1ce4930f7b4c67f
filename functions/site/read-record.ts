import { log } from '../../shared/aws/log.ts';
import type { CampaignPage } from '../../web/pages/campaign-page.ts';
import { readSigners } from '../actions/read.ts';
import { readPartners } from '../campaigns/read.ts';
import { readPublicLetters } from '../letters/read.ts';
import { readTallyAndSigners } from '../tallies/read.ts';

/**
 * A campaign's count, who takes part in it, and what became of its letters. What cannot be read beside the count is left
 * out, and the log says so: a page without it is better than none.
 * @throws Problem `not-found` when there is no such campaign.
 */
export async function readRecord(
  campaign: string,
  now: number,
): Promise<Pick<CampaignPage, 'tally' | 'signers' | 'partners' | 'letters'>> {
  const [counted, partners, letters] = await Promise.all([
    readCounted(campaign, now),
    orNothing(readPartners(campaign, now), campaign, 'partners'),
    orNothing(readPublicLetters(campaign, now), campaign, 'letters'),
  ]);
  return { ...counted, partners, letters };
}

async function readCounted(campaign: string, now: number): Promise<Pick<CampaignPage, 'tally' | 'signers'>> {
  const { tally, signers } = await readTallyAndSigners(campaign, now);
  return { tally, signers: await orNothing(readSigners(signers), campaign, 'signers') };
}

async function orNothing<T>(read: Promise<T>, campaign: string, reason: string): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    log('error', 'a campaign is shown without a part of its page', { campaign, reason, error });
    return undefined;
  }
}
