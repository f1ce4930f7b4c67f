import type { ActionKind } from '../../shared/events/catalogue.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { hiddenField } from './form-fields.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { countryName, formatDay } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

/** What is stored of an action, as its owner may see it; nothing but the state once it is erased. */
export interface ManagedAction {
  state: 'pending' | 'confirmed' | 'withdrawn' | 'erased';
  givenName?: string | undefined;
  familyName?: string | undefined;
  email?: string | undefined;
  country?: string | undefined;
  postalCode?: string | undefined;
  display?: 'anonymous' | 'initials' | 'name' | undefined;
  /** ISO date and time. */
  confirmedAt?: string | undefined;
  pledge?: ManagedPledge | undefined;
}
/** Amount in minor units of the currency. */
export interface ManagedPledge {
  amount: number;
  currency: string;
  interval: 'once' | 'monthly';
  pledger?: { type: 'individual' | 'organisation'; name?: string | undefined } | undefined;
}
export interface ManagePage {
  language: Language;
  campaign: { slug: string; title: string };
  kind: ActionKind;
  action: ManagedAction;
  token: string;
}

/** What is stored, and the two ways out: to withdraw, and to erase. */
export function managePage(page: ManagePage): string {
  const { language, campaign, kind, action } = page;
  const t = pageText(language);
  const title = t(`manage.${kind}.title`);
  const rows = toRows(action, language, t);
  return layout({
    language,
    title,
    indexed: false,
    body: html`<div class="narrow">
<h1>${title}</h1>
<p class="lead">${t('manage.intro', { campaign: campaign.title })}</p>
${(action.state === 'withdrawn' || action.state === 'erased') && html`<p class="card notice" role="status">${t(`outcome.${action.state}.text`)}</p>`}
<section aria-labelledby="stored"><h2 id="stored">${t('manage.stored')}</h2>
<dl class="stored">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>\n`)}</dl></section>
${action.state === 'confirmed' && toWithdrawal(page, t)}
${(action.state === 'confirmed' || action.state === 'withdrawn') && toErasure(page, t)}
<p><a href="/c/${encodeURIComponent(campaign.slug)}?lang=${language}">${t('check.back')}</a></p>
</div>`,
  });
}

type Row = [label: string, value: string];

function toRows(action: ManagedAction, language: Language, t: PageText): Row[] {
  const { state, confirmedAt, givenName, familyName, email, country, postalCode, display, pledge } = action;
  const rows: Array<[string, string | undefined]> = [
    [t('manage.state'), t(`manage.state.${state}`)],
    [t('manage.confirmedAt'), confirmedAt && formatDay(confirmedAt, language)],
    [t('form.givenName'), givenName],
    [t('form.familyName'), familyName],
    [t('form.email'), email],
    [t('form.country'), country && countryName(country, language)],
    [t('form.postalCode'), postalCode],
    [t('form.display'), display && t(`form.display.${display}`)],
    ...(pledge ? toPledgeRows(pledge, language, t) : []),
  ];
  return rows.filter((row): row is Row => row[1] !== undefined);
}

function toPledgeRows(
  pledge: ManagedPledge,
  language: Language,
  t: PageText,
): Array<[string, string | undefined]> {
  return [
    [t('form.amount'), formatMoney(pledge.amount, pledge.currency, language)],
    [t('form.interval'), t(`form.interval.${pledge.interval}`)],
    [t('form.pledgerName'), pledge.pledger?.name],
  ];
}

function toWithdrawal({ kind, token }: ManagePage, t: PageText): Html {
  return html`<section class="card"><h2>${t(`manage.${kind}.withdraw.title`)}</h2>
<p>${t(`manage.${kind}.withdraw.text`)}</p>
<form method="post" action="/v1/withdrawals" accept-charset="utf-8">${hiddenField('token', token)}<button class="button second" type="submit">${t(`manage.${kind}.withdraw.submit`)}</button></form>
</section>`;
}

function toErasure({ token }: ManagePage, t: PageText): Html {
  return html`<section class="card"><h2>${t('manage.erase.title')}</h2>
<p>${t('manage.erase.text')}</p>
<form method="post" action="/v1/erasures" accept-charset="utf-8">${hiddenField('token', token)}<button class="button danger" type="submit">${t('manage.erase.submit')}</button></form>
</section>`;
}
