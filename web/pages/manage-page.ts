import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { campaignPath } from './address.ts';
import { hiddenField } from './form-fields.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { countryName, formatDay, nameOfLanguage } from './names.ts';
import { type PageText, pageText } from './page-text.ts';
import { type ManagedPledge, pledgeText } from './pledge-text.ts';

/** What is stored of an action, as its owner may see it; nothing but the state once it is erased. */
interface ManagedAction {
  state: 'pending' | 'confirmed' | 'withdrawn' | 'erased' | 'invalidated';
  givenName?: string | undefined;
  familyName?: string | undefined;
  email?: string | undefined;
  country?: string | undefined;
  postalCode?: string | undefined;
  display?: 'anonymous' | 'initials' | 'name' | undefined;
  language?: Language | undefined;
  /** Texts, or else ids, of the consents that were granted. */
  consents?: string[] | undefined;
  partner?: string | undefined;
  source?: string | undefined;
  /** ISO date and time. */
  confirmedAt?: string | undefined;
  pledge?: ManagedPledge | undefined;
  endorser?: ({ name: string; url?: string | undefined } & Verification) | undefined;
  /** Other campaigns of the coalition that it counts for, too. */
  joined?: JoinedCampaign[] | undefined;
}
type Verification = Pick<ManagedPledge, 'toVerify' | 'verifiedAt'>;
/** What was said in that campaign alone. */
interface JoinedCampaign {
  title: string;
  confirmedAt: string;
  consents: string[];
  partner?: string | undefined;
  source?: string | undefined;
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
${isLeft(action.state) && html`<p class="card notice" role="status">${t(`outcome.${action.state as Left}.text`)}</p>`}
<section aria-labelledby="stored"><h2 id="stored">${t('manage.stored')}</h2>
<dl class="stored">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd><bdi>${value}</bdi></dd></div>\n`)}</dl></section>
${action.state === 'confirmed' && toWithdrawal(page, t)}
${action.email !== undefined && toErasure(page, t)}
<p><a href="${campaignPath(campaign.slug, { lang: language })}">${t('check.back')}</a></p>
</div>`,
  });
}

type Left = Exclude<ManagedAction['state'], 'pending' | 'confirmed'>;

function isLeft(state: ManagedAction['state']): state is Left {
  return state !== 'pending' && state !== 'confirmed';
}

type Row = [label: string, value: string];

function toRows(action: ManagedAction, language: Language, t: PageText): Row[] {
  const { state, confirmedAt, country, display, consents, pledge, endorser } = action;
  const verification = pledge ?? endorser;
  const rows: Array<[string, string | undefined]> = [
    [t('manage.state'), t(`manage.state.${state}`)],
    [t('manage.confirmedAt'), confirmedAt && formatDay(confirmedAt, language)],
    [t('manage.pledged'), pledge && pledgeText(pledge, language)],
    [t('form.pledgerName'), endorser?.name],
    [t('form.organisation.url'), endorser?.url],
    [
      t('manage.verification'),
      state === 'confirmed' && verification
        ? toVerification(verification, endorser ? 'endorsement' : 'verification', language, t)
        : undefined,
    ],
    [t('manage.note'), pledge?.note],
    [t('form.givenName'), action.givenName],
    [t('form.familyName'), action.familyName],
    [t('form.email'), action.email],
    [t('form.country'), country && countryName(country, language)],
    [t('form.postalCode'), action.postalCode],
    [t('form.display'), display && t(`form.display.${display}`)],
    [t('site.languages'), action.language && nameOfLanguage(action.language)],
    [t('form.consents'), consents?.join(' ')],
    [t('manage.partner'), action.partner],
    [t('manage.source'), action.source],
    ...(action.joined ?? []).flatMap((joined) => toJoinedRows(joined, language, t)),
  ];
  return rows.filter((row): row is Row => row[1] !== undefined && row[1] !== '');
}

/** Nothing of what counts without being verified. */
function toVerification(
  { toVerify, verifiedAt }: Verification,
  of: 'verification' | 'endorsement',
  language: Language,
  t: PageText,
): string | undefined {
  if (toVerify) return t(`manage.${of}.waits`);
  const date = verifiedAt && formatDay(new Date(verifiedAt).toISOString(), language);
  return date ? t(`manage.${of}.done`, { date }) : undefined;
}

function toJoinedRows(
  { title, confirmedAt, consents, partner, source }: JoinedCampaign,
  language: Language,
  t: PageText,
): Array<[string, string | undefined]> {
  return [
    [t('manage.joined'), title],
    [t('manage.confirmedAt'), formatDay(confirmedAt, language)],
    [t('form.consents'), consents.join(' ')],
    [t('manage.partner'), partner],
    [t('manage.source'), source],
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
