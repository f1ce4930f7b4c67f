import { log } from '../../shared/aws/log.ts';
import type { CampaignPage } from '../../web/pages/campaign-page.ts';
import { readOrganisations, readSigners } from '../actions/read.ts';
import { readChapters, readPartners } from '../campaigns/read.ts';
import { readPublicLetters } from '../letters/read.ts';
import { readTallyAndSigners } from '../tallies/read.ts';

/** Organisations on the page itself. */
const organisationsShown = 20;

/**
 * A campaign's count, its chapters in the first wanted language that they have, who takes part in it, and what became of
 * its letters. What cannot be read beside the count is left out, and the log says so: a page without it is better than
 * none.
 * @throws Problem `not-found` when there is no such campaign.
 */
export async function readRecord(
  campaign: string,
  wanted: Array<string | undefined>,
  now: number,
): Promise<
  Pick<
    CampaignPage,
    'tally' | 'signers' | 'organisations' | 'endorsers' | 'partners' | 'letters' | 'chapters'
  >
> {
  const [counted, chapters, organisations, endorsers, partners, letters] = await Promise.all([
    readCounted(campaign, now),
    orNothing(readChapters(campaign, wanted, now), campaign, 'chapters'),
    orNothing(readOrganisations(campaign, 'pledge', organisationsShown, now), campaign, 'organisations'),
    orNothing(readOrganisations(campaign, 'endorsement', organisationsShown, now), campaign, 'endorsers'),
    orNothing(readPartners(campaign, now), campaign, 'partners'),
    orNothing(readPublicLetters(campaign, now), campaign, 'letters'),
  ]);
  return { ...counted, chapters, organisations, endorsers, partners, letters };
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
