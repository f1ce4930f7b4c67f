import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { chooseLanguage } from '../../shared/kernel/language.ts';
import { requireNetwork } from '../members/read.ts';
import { findOrganisationName, readMoment } from '../network/read.ts';
import { readPublicTally } from '../tallies/read.ts';
import type { Campaign } from './campaign.ts';
import { countedAlone, jointCounts, toCounts } from './joint-tally.ts';
import { campaignsOf } from './moment-campaigns.ts';
import type { MomentCampaigns } from './moment-tally-view.ts';
import { languagesOf, textsOf } from './publish-campaign.ts';
import { readAllCampaigns } from './read.ts';

type Row = MomentCampaigns['campaigns'][number];

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  await requireNetwork(claims, 'readMoments', now);
  const moment = await readMoment(path['moment'] ?? '');
  const belonging = campaignsOf(moment.slug, await readAllCampaigns(now)).sort(byRoot);
  const campaigns = await Promise.all(belonging.map((campaign) => toRow(campaign, query['lang'], now)));
  const counted = countedAlone(campaigns);
  const joint = { ...jointCounts(counted.map(({ tally }) => tally)), campaigns: counted.length };
  return json(200, { moment, campaigns, joint } satisfies MomentCampaigns);
});

async function toRow(campaign: Campaign, wanted: string | undefined, now: number): Promise<Row> {
  const { slug, status, owner, partOf, defaultLanguage } = campaign;
  const language = chooseLanguage([wanted], languagesOf(campaign), defaultLanguage);
  const { title } = textsOf(campaign, language);
  const [name, tally] = await Promise.all([findOrganisationName(owner, now), readCounts(campaign, now)]);
  return {
    ...{ slug, status, owner: { slug: owner, name }, ...(partOf && { partOf }), title, language },
    tally,
  };
}

/** A draft has no tally: it takes nothing. */
async function readCounts({ slug, status }: Campaign, now: number): Promise<Row['tally']> {
  if (status === 'draft') return { asOf: null, ...jointCounts([]) };
  const tally = await readPublicTally(slug, now);
  return { asOf: tally.asOf, ...toCounts(tally) };
}

/** Roots by their slugs, each followed by its chapters. */
function byRoot(one: Campaign, other: Campaign): number {
  const keyOf = ({ slug, partOf }: Campaign) => (partOf ? `${partOf} ${slug}` : slug);
  return keyOf(one) < keyOf(other) ? -1 : 1;
}
