import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import { audited } from '../../shared/audit/entry.ts';
import { setting } from '../../shared/aws/env.ts';
import { log } from '../../shared/aws/log.ts';
import { fileHandler, json } from '../../shared/http/http-handler.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { authorOf, memberOf, requireCampaign } from '../members/read.ts';
import { changeLogo } from './change-logo.ts';
import { checkLogo } from './check-logo.ts';
import { type LogoAnswer, toShownLogo } from './logo.ts';

const site = /* @__PURE__ */ setting('SITE_URL');

/** What is larger than a logo is refused by its own words, up to a megabyte. */
const accepted = { types: ['image/png', 'image/webp'], limit: 1_048_576 } as const;

export const handler = fileHandler(accepted, async ({ path, query, claims, now }, file) => {
  const { slug = '', action = '' } = path;
  const campaign = await requireCampaign(slug, claims, 'verifyActions', now);
  const { reason } = validate(ReasonQuery, query);
  const image = checkLogo(file);
  const by = authorOf(claims);
  const entry = audited({ thing: `campaign:${campaign.slug}`, verb: 'verifyActions', by, reason }, now);
  const logo = await changeLogo({ campaign, action, image }, entry, now);
  log('info', 'an organisation was given a logo', { campaign: campaign.slug, member: memberOf(claims) });
  return json(200, { action, logo: toShownLogo(logo, site) } satisfies LogoAnswer);
});
