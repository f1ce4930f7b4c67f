import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler } from '../../shared/http/http-handler.ts';
import { ifKnown } from '../../shared/http/if-known.ts';
import { tallyBadge } from '../../web/pages/tally-badge.ts';
import { readTexts } from '../campaigns/read.ts';
import { readTally } from './read.ts';
import { requireCampaign } from './require-campaign.ts';
import { toPublicTally } from './tally.ts';

/** The count as a small picture, in the campaign's own language: for any page, which may show it without asking. */
export const handler = httpHandler(async ({ path, headers, now }) => {
  const slug = path['slug'] ?? '';
  const [campaign, tally] = await Promise.all([requireCampaign(slug, now), readTally(slug, now)]);
  const kept = { 'cache-control': publicFor(2), etag: `"${tally.version}"` };
  const known = ifKnown(headers, kept);
  if (known) return known;
  const { signatures, pledges } = toPublicTally(tally);
  const language = campaign.defaultLanguage;
  const signed = campaign.kinds.includes('signature');
  return {
    statusCode: 200,
    headers: { ...svgHeaders, ...kept },
    body: tallyBadge({
      language,
      title: readTexts(campaign, language).title,
      kind: signed ? 'signature' : 'pledge',
      count: signed ? signatures.total : pledges.total,
    }),
  };
});

/** Opened by itself, the picture runs nothing and loads nothing. */
const svgHeaders = {
  'content-type': 'image/svg+xml; charset=utf-8',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};
