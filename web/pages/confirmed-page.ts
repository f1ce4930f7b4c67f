import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { liveTally, tallyCard, tallyScript } from './campaign-tally.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { type PageText, pageText } from './page-text.ts';

export interface ConfirmedPage {
  language: Language;
  campaign: { slug: string; title: string; kinds: readonly ActionKind[] };
  kind: ActionKind;
  tally: PublicTally;
  /** The campaign's page as others are sent to it: a whole address, with no token in it. */
  shareUrl: string;
  manageUrl: string;
  /** An organisation's pledge is not counted before a campaigner has verified it. */
  awaitsVerification?: boolean;
}

/** Thanks, the live count, and plain links to share. */
export function confirmedPage(page: ConfirmedPage): string {
  const { language, campaign, kind, tally, manageUrl, awaitsVerification = false } = page;
  const t = pageText(language);
  const title = t(`confirmed.${kind}.title`);
  const back = `/c/${encodeURIComponent(campaign.slug)}?lang=${language}`;
  const counts = { language, tally, kinds: campaign.kinds };
  return layout({
    language,
    title,
    indexed: false,
    scripts: [tallyScript],
    body: html`${liveTally(
      counts,
      html`<div class="hero">
<div class="hero-text">
<h1>${title}</h1>
<p class="lead">${campaign.title}</p>
<p>${t(awaitsVerification ? 'confirmed.organisation' : 'confirmed.text')}</p>
</div>
${tallyCard(counts)}
</div>`,
    )}
<div class="narrow">
${toShare(page, t)}
<p><a href="${manageUrl}">${t('confirmed.manage')}</a></p>
<p><a href="${back}">${t('confirmed.back')}</a></p>
</div>`,
  });
}

function toShare({ campaign, shareUrl }: ConfirmedPage, t: PageText): Html {
  const message = t('confirmed.message', { campaign: campaign.title });
  const text = encodeURIComponent(`${message}\n${shareUrl}`);
  const mail = `mailto:?subject=${encodeURIComponent(campaign.title)}&body=${text}`;
  return html`<section aria-labelledby="share"><h2 id="share">${t('confirmed.share')}</h2>
<p class="calls"><a class="button" href="https://wa.me/?text=${text}" rel="noopener noreferrer">${t('confirmed.whatsapp')}</a> <a class="button second" href="${mail}">${t('confirmed.email')}</a></p>
<div class="field"><label for="share-link">${t('confirmed.link')}</label><input id="share-link" type="text" value="${shareUrl}" dir="ltr" readonly></div>
</section>`;
}
