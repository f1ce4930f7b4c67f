import { audited } from '../../shared/audit/entry.ts';
import { createOnce } from '../../shared/audit/idempotency.ts';
import { log } from '../../shared/aws/log.ts';
import { json, largeBodyHandler } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireOrganisation } from '../members/read.ts';
import { beginCampaign, requireRoot } from './begin-campaign.ts';
import { CampaignRequest, settingsLimit } from './campaign-settings.ts';
import { addNewCampaign, etagOf } from './change-campaign.ts';
import { toState } from './settings-view.ts';

export const handler = largeBodyHandler(settingsLimit, async (request) => {
  const { claims, now } = request;
  const wanted = validate(CampaignRequest, request.body);
  const { slug, organisation, partOf, reason } = wanted;
  await requireOrganisation(organisation, claims, 'startCampaign', now);
  if (partOf !== undefined) await requireRoot(partOf, claims, now);
  return createOnce(request, async (remember) => {
    const campaign = await beginCampaign(wanted, now);
    const headers = { etag: etagOf(campaign), location: `/v1/campaigns/${slug}/settings` };
    const answer = json(201, toState(campaign, now), headers);
    const by = authorOf(claims);
    const entry = audited({ thing: `campaign:${slug}`, verb: 'startCampaign', by, reason }, now);
    await addNewCampaign(campaign, entry, remember(answer));
    log('info', 'a campaign was begun', { campaign: slug, member: memberOf(claims) });
    return answer;
  });
});
