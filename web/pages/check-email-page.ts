import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { campaignPath } from './address.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { pageText } from './page-text.ts';

export interface CheckEmailPage {
  language: Language;
  campaign: { slug: string; title: string };
  kind: ActionKind;
}

/** What is said after any submission, new or repeated: the same, so that it tells nobody who has signed. */
export function checkEmailPage({ language, campaign, kind }: CheckEmailPage): string {
  const t = pageText(language);
  const title = t('check.title');
  const back = campaignPath(campaign.slug, { lang: language });
  const form = `${back}&kind=${kind}#${kind}`;
  return layout({
    language,
    title,
    indexed: false,
    body: html`<div class="narrow card">
<h1>${title}</h1>
<p class="lead">${t(`check.${kind}.text`, { campaign: campaign.title })}</p>
<p>${t('check.late')}</p>
<p><a href="${form}">${t('check.change')}</a></p>
<p><a href="${back}">${t('check.back')}</a></p>
</div>`,
  });
}
