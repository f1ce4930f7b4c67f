import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import { audited } from '../../shared/audit/entry.ts';
import { log } from '../../shared/aws/log.ts';
import { httpHandler, nothing } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { removeLogo } from './change-logo.ts';

export const handler = httpHandler(async ({ path, query, claims, now }) => {
  const { slug = '', action = '' } = path;
  const campaign = await requireCampaign(slug, claims, 'verifyActions', now);
  const { reason } = validate(ReasonQuery, query);
  const by = authorOf(claims);
  const entry = audited({ thing: `campaign:${campaign.slug}`, verb: 'verifyActions', by, reason }, now);
  await removeLogo({ campaign, action }, entry, now);
  log('info', 'the logo of an organisation was removed', {
    campaign: campaign.slug,
    member: memberOf(claims),
  });
  return nothing();
});
