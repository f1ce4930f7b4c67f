import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { findOrganisation } from '../network/read.ts';
import { readOffices } from '../targets/read.ts';
import type { Campaign } from './campaign.ts';
import { type CampaignList, DirectoryQuery, inOrder, pageOf, toListed } from './directory.ts';
import { campaignsOf, momentOf } from './moment-campaigns.ts';
import { findAllCampaigns } from './read.ts';

export const handler = httpHandler(async ({ query, now }) => {
  const wanted = validate(DirectoryQuery, query);
  const all = await findAllCampaigns(now);
  const ordered = inOrder(await findLive(all, wanted, now), wanted.lang);
  const { campaigns, cursor } = pageOf(ordered, wanted);
  const listed = campaigns.map(async (campaign) =>
    toListed(
      { ...campaign, moment: momentOf(campaign, all) },
      await findOrganisation(campaign.owner, now),
      wanted.lang,
    ),
  );
  const body: CampaignList = { campaigns: await Promise.all(listed), cursor };
  return json(200, body, { 'cache-control': 'public, max-age=30' });
});

async function findLive(
  all: Campaign[],
  { country, moment, topic }: DirectoryQuery,
  now: number,
): Promise<Campaign[]> {
  const live = (moment === undefined ? all : campaignsOf(moment, all)).filter(
    ({ status, topics }) => status === 'live' && (topic === undefined || topics.includes(topic)),
  );
  return country === undefined ? live : addressedTo(country, live, now);
}

/** The registry of offices is read for this question alone. */
async function addressedTo(country: string, campaigns: Campaign[], now: number): Promise<Campaign[]> {
  const areas = await Promise.all(
    campaigns.map(async ({ targets }) => (await readOffices(targets, now)).map(({ area_id }) => area_id)),
  );
  return campaigns.filter((_, at) => areas[at]?.includes(country));
}
