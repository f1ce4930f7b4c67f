import { log } from '../../shared/aws/log.ts';
import { json, largeBodyHandler } from '../../shared/http/http-handler.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { isCounted } from '../tallies/read.ts';
import { requireKnownMoment } from './begin-campaign.ts';
import { settingsLimit } from './campaign-settings.ts';
import { getStoredCampaign } from './campaign-store.ts';
import { etagOf } from './change-campaign.ts';
import { changeSettings } from './change-settings.ts';
import { validateSettings } from './kept-words.ts';
import { toManaged } from './settings-view.ts';

export const handler = largeBodyHandler(settingsLimit, async ({ path, headers, body, claims, now }) => {
  const known = await requireCampaign(path['slug'] ?? '', claims, 'editCampaign', now);
  const { slug } = known;
  const { reason, ...settings } = validateSettings(body, (await getStoredCampaign(slug)) ?? known);
  await requireKnownMoment(settings);
  const by = authorOf(claims);
  const entry = { thing: `campaign:${slug}`, verb: 'editCampaign', by, reason } as const;
  const campaign = await changeSettings(slug, { settings, entry, ifMatch: headers['if-match'], now });
  log('info', 'the settings of a campaign were sent', { campaign: slug, member: memberOf(claims) });
  return json(200, toManaged(campaign, await isCounted(slug), now), { etag: etagOf(campaign) });
});
