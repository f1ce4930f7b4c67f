import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { campaignPath } from './address.ts';
import { hiddenField } from './form-fields.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { pageText } from './page-text.ts';
import { type ManagedPledge, pledgeText } from './pledge-text.ts';

export interface ConfirmPage {
  language: Language;
  campaign: { slug: string; title: string };
  kind: ActionKind;
  token: string;
  /** What is pledged, so that it is seen before it is confirmed. */
  pledge?: ManagedPledge | undefined;
  /** Which organisation is to be added, likewise. */
  endorser?: { name: string } | undefined;
}

/** Where a mailed link leads. It changes nothing by itself: mail scanners open links; people press buttons. */
export function confirmPage({ language, campaign, kind, token, pledge, endorser }: ConfirmPage): string {
  const t = pageText(language);
  const title = t(`confirm.${kind}.title`);
  return layout({
    language,
    title,
    indexed: false,
    body: html`<div class="narrow card">
<h1>${title}</h1>
<p>${t(`confirm.${kind}.text`)}</p>
<p class="lead"><strong><a href="${campaignPath(campaign.slug, { lang: language })}">${campaign.title}</a></strong></p>
${pledge && html`<p><strong>${pledgeText(pledge, language)}</strong></p>`}
${endorser && html`<p><strong><bdi>${endorser.name}</bdi></strong></p>`}
<form class="confirm" method="post" action="/v1/confirmations" accept-charset="utf-8">
${hiddenField('token', token)}<button class="button" type="submit">${t(`confirm.${kind}.submit`)}</button>
</form>
<p class="meta">${t('confirm.notYou')}</p>
</div>`,
  });
}
