import type { Language } from '../../shared/kernel/language.ts';
import { toQuery } from './address.ts';
import { type Html, html } from './html.ts';
import { pageText } from './page-text.ts';

export interface ShareWays {
  language: Language;
  campaign: { title: string; sources: readonly string[] };
  /** The campaign's page: a whole address, without a query. */
  shareUrl: string;
  /** Whom the supporter came by, if anyone: those who follow are counted for them, too. */
  partner?: string | undefined;
}

/** For `share.js`, which adds what only a browser can do. */
export const shareScript = 'share.js';

/** Ways to hand a campaign on. Plain links and a field to copy from; two buttons wait for a script. */
export function shareWays(ways: ShareWays): Html {
  const { language, campaign } = ways;
  const t = pageText(language);
  const message = t('confirmed.message', { campaign: campaign.title });
  const textFor = (channel: Channel) => encodeURIComponent(`${message}\n${shareLink(ways, channel)}`);
  const mail = `mailto:?subject=${encodeURIComponent(campaign.title)}&body=${textFor('email')}`;
  return html`<section class="card" aria-labelledby="share" data-share><h2 id="share">${t('confirmed.share')}</h2>
<p class="calls">
<button class="button" type="button" data-share-app data-title="${campaign.title}" data-text="${message}" data-url="${shareLink(ways, 'app')}" hidden>${t('confirmed.native')}</button>
<a class="button" href="https://wa.me/?text=${textFor('whatsapp')}" rel="noopener noreferrer">${t('confirmed.whatsapp')}</a>
<a class="button second" href="${mail}">${t('confirmed.email')}</a>
</p>
<div class="field"><label for="share-link">${t('confirmed.link')}</label>
<div class="copy"><input id="share-link" type="text" value="${shareLink(ways, 'link')}" dir="ltr" readonly>
<button class="button second" type="button" data-share-copy hidden>${t('confirmed.copy')}</button></div>
<p class="outcome" role="status" data-share-news data-copied="${t('confirmed.copied')}"></p></div>
</section>`;
}

type Channel = 'app' | 'link' | 'email' | 'whatsapp';

/** Each way has a source of its own, so that the tally can say where signers came from, if the campaign counts by it. */
function shareLink({ language, campaign, shareUrl, partner }: ShareWays, channel: Channel): string {
  const source = `share-${channel}`;
  const counted = campaign.sources.includes(source) ? source : undefined;
  return `${shareUrl}${toQuery({ lang: language, source: counted, partner })}`;
}
