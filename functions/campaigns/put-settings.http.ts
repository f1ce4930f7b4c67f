import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { json, largeBodyHandler } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { isCounted } from '../tallies/read.ts';
import { applySettings } from './apply-settings.ts';
import { requireKnownMoment } from './begin-campaign.ts';
import { SettingsRequest, settingsLimit } from './campaign-settings.ts';
import { changeCampaign, etagOf } from './change-campaign.ts';
import { toManaged } from './settings-view.ts';

export const handler = largeBodyHandler(settingsLimit, async ({ path, headers, body, claims, now }) => {
  const { slug } = await requireCampaign(path['slug'] ?? '', claims, 'editCampaign', now);
  const { reason, ...settings } = validate(SettingsRequest, body);
  await requireKnownMoment(settings);
  const by = authorOf(claims);
  const entry = audited({ thing: `campaign:${slug}`, verb: 'editCampaign', by, reason }, now);
  const author = { audited: entry, ifMatch: headers['if-match'] };
  const campaign = await changeCampaign(slug, author, async (stored) =>
    applySettings(stored, settings, { signed: await isCounted(slug), now }),
  );
  log('info', 'the settings of a campaign were sent', { campaign: slug, member: memberOf(claims) });
  return json(200, toManaged(campaign, await isCounted(slug), now), { etag: etagOf(campaign) });
});
