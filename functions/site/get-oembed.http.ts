import { setting } from '../../shared/aws/env.ts';
import { publicFor } from '../../shared/http/cache-control.ts';
import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { Problem } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { readPublicAsk } from '../campaigns/read.ts';
import { readPublicTally } from '../tallies/read.ts';
import { toEmbedOptions } from './embed-options.ts';
import { findCampaign, OembedQuery, toOembed } from './oembed.ts';

const site = setting('SITE_URL');

/** A card that other sites show in place of a link to a campaign: oEmbed 1.0. What its link asked for in vain is left out. */
export const handler = httpHandler(async (request) => {
  const { url, format = 'json', ...size } = validate(OembedQuery, request.query);
  if (format !== 'json') throw new Problem('not-implemented', 'Ask for format=json; there is no other.');
  const found = findCampaign(url, site);
  if (!found) throw new Problem('not-found', 'This is no address of a campaign on this site.');
  const [campaign, tally] = await Promise.all([
    readPublicAsk(found.slug, [found.query['lang']], request.now),
    readPublicTally(found.slug, request.now),
  ]);
  const { options } = toEmbedOptions(found.query, campaign);
  const counts = { signature: tally.signatures.total, pledge: tally.pledges.total };
  return json(200, toOembed({ site, campaign, options, counts, size }), { 'cache-control': publicFor(60) });
});
