import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { readMembershipsNow, requireCampaign } from '../members/read.ts';
import { isCounted } from '../tallies/read.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { etagOf } from './change-campaign.ts';
import { toManaged } from './settings-view.ts';
import { toldAllOf } from './told-all-of.ts';

/** All of a campaign, but for what other partners ask than the caller's own. */
export const handler = httpHandler(async ({ path, claims, now }) => {
  const known = await requireCampaign(path['slug'] ?? '', claims, 'readCampaign', now);
  const [memberships, campaign = known, signed] = await Promise.all([
    readMembershipsNow(claims, now),
    getStoredCampaign(known.slug),
    isCounted(known.slug),
  ]);
  const isTold = toldAllOf(campaign, memberships);
  const consents = campaign.consents.filter(({ partner }) => partner === undefined || isTold(partner));
  return json(200, toManaged({ ...campaign, consents }, signed, now), { etag: etagOf(campaign) });
});
