import * as z from 'zod';
import {
  campaignAddress,
  cardAddress,
  type Embedded,
  frameCode,
  pinnedCode,
  scriptCode,
  wordpressCode,
} from '../../web/pages/embed-code.ts';

/** All the ways to put a campaign on a page, each ready to be copied. */
export const EmbedCodes = z
  .strictObject({
    campaign: z.string(),
    script: z
      .string()
      .describe(
        'HTML with the newest widget: two elements. What is in the second is for readers without scripts',
      ),
    pinned: z
      .string()
      .optional()
      .describe(
        'The same with the widget as it is now, which is kept for ever and checked by its hash (SRI). Not where the site has no CDN to keep it',
      ),
    iframe: z.string().describe('HTML for pages that take no scripts of others'),
    wordpress: z.string().describe('Shortcode of the WordPress plugin'),
    link: z.url().describe("The campaign's page"),
    oembed: z.url().describe('oEmbed: a card in place of the link'),
  })
  .meta({ id: 'EmbedCodes' });

/** `keepsFiles`: whether the site still has its files when newer ones have taken their place. */
export function toEmbedCodes(embedded: Embedded, keepsFiles: boolean): z.output<typeof EmbedCodes> {
  return {
    campaign: embedded.campaign.slug,
    script: scriptCode(embedded),
    ...(keepsFiles && { pinned: pinnedCode(embedded) }),
    iframe: frameCode(embedded),
    wordpress: wordpressCode(embedded),
    link: campaignAddress(embedded),
    oembed: cardAddress(embedded),
  };
}
