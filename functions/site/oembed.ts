import * as z from 'zod';
import { type CampaignCard, campaignCard } from '../../web/pages/campaign-card.ts';
import type { Embedded } from '../../web/pages/embed-code.ts';

const Pixels = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, 'Give a number of pixels.')
  .transform(Number)
  .optional();

/** https://oembed.com, section 2.2 */
export const OembedQuery = z.object({
  url: z.string().max(2_000).meta({
    description: "Address of a campaign's page, or of its form for frames",
    example: 'http://localhost:4000/c/mental-health-for-all',
  }),
  format: z.string().optional().describe('Only `json`'),
  maxwidth: Pixels.describe('CSS pixels'),
  maxheight: Pixels.describe('CSS pixels'),
});

/** https://oembed.com, sections 2.3 and 2.3.4.4 */
export const Oembed = z
  .strictObject({
    version: z.literal('1.0'),
    type: z.literal('rich'),
    provider_name: z.string(),
    provider_url: z.url(),
    title: z.string(),
    author_name: z.string().describe('The organisation whose campaign it is'),
    cache_age: z.int().describe('Seconds'),
    html: z.string().describe('A quotation that links to the campaign. It runs and loads nothing'),
    width: z.int().describe('CSS pixels'),
    height: z.int().describe('CSS pixels'),
  })
  .meta({ id: 'Oembed' });

interface Told extends Embedded {
  campaign: Embedded['campaign'] & { owner: { name: string } };
  counts: CampaignCard['counts'];
  size: Pick<z.output<typeof OembedQuery>, 'maxwidth' | 'maxheight'>;
}

export function toOembed({ size, ...told }: Told): z.output<typeof Oembed> {
  const { site, campaign } = told;
  const most = { width: size.maxwidth ?? Infinity, height: size.maxheight ?? Infinity };
  return {
    version: '1.0',
    type: 'rich',
    provider_name: 'Groundswell',
    provider_url: site,
    title: campaign.title,
    author_name: campaign.owner.name,
    cache_age: cacheAge,
    ...campaignCard({ ...told, most }),
  };
}

/** Who shows a card has a count that is an hour old at most. */
const cacheAge = 3_600;

/** The campaign that an address on this site is of, and what its query says; undefined for any other address. */
export function findCampaign(
  address: string,
  site: string,
): { slug: string; query: Record<string, string> } | undefined {
  const url = URL.parse(address);
  if (!url || !/^https?:$/.test(url.protocol) || url.host !== new URL(site).host) return undefined;
  const [, slug] = /^\/(?:c|embed)\/([a-z0-9-]+)$/.exec(url.pathname) ?? [];
  return slug ? { slug, query: Object.fromEntries(url.searchParams) } : undefined;
}
