import type { PublicAsk } from '../../functions/campaigns/campaign.ts';
import { isWidgetKind, type WidgetKind } from '../../shared/kernel/action-kind.ts';
import { directionOf, type Language } from '../../shared/kernel/language.ts';
import { campaignPath, defined, toQuery } from './address.ts';
import { type Html, html, toMarkup } from './html.ts';
import { pageText } from './page-text.ts';
import { staticFile, widgetIntegrity } from './static-file.ts';

export const themes = ['auto', 'light', 'dark'] as const;

/** How a campaign is to look on a page of somebody else, and whom its actions count for. Each must be one that it has. */
export interface EmbedOptions {
  /** Else the language of the page that it is on. */
  lang?: Language | undefined;
  /** The first is shown first; none named: all of the campaign. */
  kinds?: WidgetKind[] | undefined;
  partner?: string | undefined;
  source?: string | undefined;
  theme?: (typeof themes)[number] | undefined;
}

export interface Embedded {
  /** Of Groundswell: `https://…`, without a slash at the end. */
  site: string;
  campaign: Pick<PublicAsk, 'slug' | 'language' | 'title' | 'summary' | 'kinds'>;
  options: EmbedOptions;
}

/**
 * The room that is kept while the script loads. As tall as a screen, so that what follows is out of sight when the form
 * comes and moves it; less than any form needs (1088 pixels for the shortest, in Chinese, in a column of 1000), so that it
 * leaves no gap. In pixels: what a `rem` is, the page around it decides.
 */
const roomForWidget = '960px';
/** Where no script will come, none is kept. In the element, so that it is copied and removed with it. */
const noRoom = html`<noscript><style>groundswell-action{min-height:0!important}</style></noscript>`;

/**
 * CSS pixels: the form to sign in a column of 700. A frame cannot grow where its page does not listen, and what is taller
 * scrolls in it: readers may miss that there is more.
 */
const heightOfFrame = 1_600;

/** The newest widget, at its one stable address. It has no hash to check by, for it changes. */
export function scriptCode(embedded: Embedded): string {
  return widgetCode(embedded, html` src="${embedded.site}/widget.js"`);
}

/** The widget as it is now, for ever, in one file: the browser refuses any other. */
export function pinnedCode(embedded: Embedded): string {
  const src = `${embedded.site}${staticFile('widget-whole.js')}`;
  return widgetCode(embedded, html` src="${src}" integrity="${widgetIntegrity()}" crossorigin="anonymous"`);
}

function widgetCode(embedded: Embedded, attributes: Html): string {
  return toMarkup(html`<script type="module"${attributes}></script>
<groundswell-action${attributesOf(embedded)} style="display:block;min-height:${roomForWidget}">
${campaignAsk(embedded)}
${noRoom}
</groundswell-action>
`);
}

/** For readers without scripts, and until they are there: the ask, and the way to the page where it can be answered. */
export function campaignAsk(embedded: Embedded): Html {
  const { language, title, summary } = embedded.campaign;
  const inLanguage = { ...embedded, options: { ...embedded.options, lang: language } };
  return html`<div lang="${language}" dir="${directionOf(language)}">
<p><strong>${title}</strong></p>
<p>${summary}</p>
<p><a href="${campaignAddress(inLanguage)}">${pageText(language)(`${firstKind(embedded)}.title`)}</a></p>
</div>`;
}

/** For pages that take no scripts of others, and maybe no inline styles: so the border is taken off by the old attribute. */
export function frameCode(embedded: Embedded): string {
  const { title } = embedded.campaign;
  return toMarkup(
    html`<iframe src="${frameAddress(embedded)}" title="${title}" width="100%" height="${heightOfFrame}" frameborder="0" loading="lazy" allow="web-share; clipboard-write"></iframe>
`,
  );
}

/** For the plugin in `web/wordpress`. A shortcode knows no escapes: it can only be given what was checked. */
export function wordpressCode({ site, campaign, options }: Embedded): string {
  const attributes = Object.entries({ campaign: campaign.slug, site, ...toAttributes(options) });
  return `[groundswell ${attributes.map(([name, value]) => `${name}="${value}"`).join(' ')}]`;
}

/** The campaign's page. */
export function campaignAddress({ site, campaign, options }: Embedded): string {
  const { lang, kinds: [kind] = [], partner, source } = options;
  return `${site}${campaignPath(campaign.slug, { lang, kind, partner, source })}`;
}

/** Where a site finds the card that it may show in place of a link to the campaign. */
export function cardAddress(embedded: Embedded): string {
  return `${embedded.site}/oembed${toQuery({ url: campaignAddress(embedded), format: 'json' })}`;
}

function frameAddress({ site, campaign, options }: Embedded): string {
  return `${site}/embed/${encodeURIComponent(campaign.slug)}${toQuery(toAttributes(options))}`;
}

/** What the widget's element is told. */
export function attributesOf({ campaign, options }: Pick<Embedded, 'campaign' | 'options'>): Html {
  const attributes = Object.entries({ campaign: campaign.slug, ...toAttributes(options) });
  return html`${attributes.map(([name, value]) => html` ${name}="${value}"`)}`;
}

/** The kind of action that is shown first. */
export function firstKind({ campaign, options }: Pick<Embedded, 'campaign' | 'options'>): WidgetKind {
  return options.kinds?.[0] ?? campaign.kinds.find(isWidgetKind) ?? 'signature';
}

/** As the widget, the frame's address and the shortcode call them. */
function toAttributes({ lang, kinds, partner, source, theme }: EmbedOptions): Record<string, string> {
  return defined({ lang, kind: kinds?.join(' '), partner, source, theme });
}
