import type { PublicAsk } from '../../functions/campaigns/campaign.ts';
import { isWidgetKind } from '../../shared/kernel/action-kind.ts';
import { actionWidget, widgetScript } from './action-widget.ts';
import { partnerIntroduction } from './campaign-context.ts';
import { campaignForms } from './campaign-forms.ts';
import type { EmbedOptions } from './embed-code.ts';
import { type Html, html } from './html.ts';
import { bareLayout } from './layout.ts';
import { pageText } from './page-text.ts';

export interface EmbedPage {
  campaign: PublicAsk;
  options: EmbedOptions;
  /** The campaign's page, for what there is no room for. */
  href: string;
}

/**
 * The campaign's form in the frame of another page: the widget, and without scripts plain forms. What they and the links
 * lead to is opened beside, because no other page of the site may be in a frame. Its first heading is for those who have
 * pages read to them: what is seen of it, the widget has.
 */
export function embedPage(page: EmbedPage): string {
  const { campaign, options } = page;
  const { language, title, status } = campaign;
  const isLive = status === 'live';
  const content = toContent(page);
  return bareLayout({
    language,
    title,
    indexed: false,
    scripts: isLive ? [widgetScript] : [],
    body: html`<h1 class="visually-hidden">${title}</h1>
${partnerIntroduction(campaign)}${isLive ? actionWidget({ campaign, options: { ...options, lang: language } }, content) : content}`,
  });
}

function toContent({ campaign, options, href }: EmbedPage): Html {
  const { language, title, summary, kinds } = campaign;
  const { partner, source } = options;
  const t = pageText(language);
  const forms = (options.kinds ?? kinds.filter(isWidgetKind)).map((kind) => {
    return { language, t, kind, values: { partner, source }, errors: [] };
  });
  return html`<div class="card">
<h2>${title}</h2>
<p>${summary}</p>
<p><a href="${href}" target="_blank">${t('widget.read')}</a></p>
</div>
${campaignForms({ campaign, forms, withWidget: false, target: '_blank' })}`;
}
