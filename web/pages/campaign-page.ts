import type { PublicAsk, PublicCampaign } from '../../functions/campaigns/campaign.ts';
import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { FieldError } from '../../shared/kernel/problem.ts';
import { actionForm, fieldNames } from './action-form.ts';
import { type CampaignTally, liveTally, tallyCard, tallyDetails, tallyScript } from './campaign-tally.ts';
import { errorSummary } from './error-summary.ts';
import { type FormState, showErrors } from './form-state.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { countryName, formatDay } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

type ShownCampaign = PublicAsk & Partial<PublicCampaign>;

export interface CampaignPage {
  /** In one language, which is the page's. Whom it is addressed to is left out where the registry may not be read. */
  campaign: ShownCampaign;
  tally: PublicTally;
  /** What was typed, in the shape of the JSON body; `partner` and `source` also from the link that led here. */
  values?: Record<string, unknown>;
  errors?: FieldError[];
  /** What else went wrong, in the language of the page. */
  problem?: string | undefined;
  /** The form that `values` and `errors` belong to, and that is open; the campaign's first by default. */
  kind?: ActionKind | undefined;
}

/** The ask, whom it is addressed to, the live count, and plain forms to sign and to pledge. */
export function campaignPage(page: CampaignPage): string {
  const { campaign, tally, problem } = page;
  const { language, title, summary, kinds } = campaign;
  const t = pageText(language);
  const kind = page.kind ?? (kinds.includes('signature') ? 'signature' : 'pledge');
  const forms = [kind, ...kinds.filter((each) => each !== kind)].map((each) => toForm(page, each, kind));
  const errors = forms.flatMap((form) => form.errors);
  const counts = { language, tally, kinds };
  const failed = errors.length > 0 || problem !== undefined;
  return layout({
    language,
    title: failed ? t('site.errorTitle', { title }) : title,
    description: summary,
    scripts: [tallyScript],
    translations: campaign.languages.map((each) => ({ language: each, href: hrefIn(each, page) })),
    indexed: !failed,
    body: html`${failed && errorSummary({ t, kind, errors, problem })}
${liveTally(
  counts,
  html`${toHero(page, kind, counts)}
<div class="columns">
<div class="ask">
<section aria-labelledby="ask"><h2 id="ask">${t('campaign.ask')}</h2><div class="prose">${toParagraphs(campaign.text)}</div></section>
${toTargets(campaign, t)}
</div>
<div class="forms">${campaign.status === 'live' ? forms.map((form) => toFormCard(campaign, form, kind)) : toClosed(campaign, t)}</div>
${tallyDetails(counts)}
</div>`,
)}`,
  });
}

function toForm(
  { campaign, values = {}, errors = [] }: CampaignPage,
  kind: ActionKind,
  posted: ActionKind,
): FormState {
  const { language } = campaign;
  const { partner, source } = values;
  const t = pageText(language);
  if (kind !== posted) return { language, t, kind, values: { partner, source }, errors: [] };
  return { language, t, kind, values, errors: showErrors(errors, fieldNames(campaign, kind), language) };
}

/** The form that the reader came for is open; another waits behind its title. */
function toFormCard(campaign: PublicAsk, form: FormState, open: ActionKind): Html {
  const { kind, t } = form;
  const title = html`<h2>${t(`${kind}.title`)}</h2>`;
  return html`<section class="card" id="${kind}">${
    kind === open
      ? html`${title}${actionForm(campaign, form)}`
      : html`<details><summary>${title}</summary>${actionForm(campaign, form)}</details>`
  }</section>
`;
}

function toHero(page: CampaignPage, open: ActionKind, counts: CampaignTally): Html {
  const { title, summary, owner, status, language, closesAt } = page.campaign;
  const t = pageText(language);
  return html`<div class="hero">
<div class="hero-text">
<p class="meta"><bdi>${t('campaign.by', { owner: owner.name })}</bdi></p>
<h1>${title}</h1>
<p class="lead">${summary}</p>
${status === 'live' && html`<p class="calls">${page.campaign.kinds.map((kind, at) => toCall(page, kind, at === 0, open))}</p>`}
${status === 'live' && closesAt && html`<p class="meta">${t('campaign.until', { date: formatDay(closesAt, language) })}</p>`}
</div>
${tallyCard(counts)}
</div>`;
}

/** Leads to the open form; to another, by the page that has it open, for not every browser opens what a link leads to. */
function toCall(page: CampaignPage, kind: ActionKind, first: boolean, open: ActionKind): Html {
  const { language } = page.campaign;
  const href = kind === open ? `#${kind}` : `${hrefIn(language, { ...page, kind })}#${kind}`;
  return html`<a class="button${!first && ' second'}" href="${href}">${pageText(language)(`${kind}.title`)}</a> `;
}

function toTargets({ targets = [], language }: ShownCampaign, t: PageText): Html | false {
  if (targets.length === 0) return false;
  const { compare } = new Intl.Collator(language);
  const rows = targets
    .map(({ country, office }) => ({ country: countryName(country, language), office }))
    .sort((a, b) => compare(a.country, b.country) || compare(a.office, b.office));
  const list = html`<ul class="targets">${rows.map(
    ({ country, office }) => html`<li><strong>${country}</strong> <span><bdi>${office}</bdi></span></li>`,
  )}</ul>`;
  const count = t('campaign.targetsCount', { count: rows.length });
  return html`<section aria-labelledby="targets"><h2 id="targets">${t('campaign.targets')}</h2>
${rows.length > 12 ? html`<details><summary>${count}</summary>${list}</details>` : list}
</section>`;
}

function toClosed({ status, opensAt, language }: PublicAsk, t: PageText): Html {
  const state =
    status === 'paused' ? 'paused' : status === 'closed' || status === 'archived' ? 'closed' : 'scheduled';
  return html`<section class="card notice"><h2>${t(`campaign.${state}.title`)}</h2>
<p>${t(`campaign.${state}.text`, { date: formatDay(opensAt, language) })}</p></section>`;
}

/** Paragraphs are divided by empty lines. */
function toParagraphs(text: string): Html[] {
  return text.split(/\n\s*\n/).map((paragraph) => html`<p>${paragraph.trim()}</p>\n`);
}

function hrefIn(language: string, { campaign, values = {}, kind }: CampaignPage): string {
  const query = new URLSearchParams({ lang: language });
  for (const [name, value] of Object.entries({
    kind,
    partner: values['partner'],
    source: values['source'],
  })) {
    if (typeof value === 'string') query.set(name, value);
  }
  return `/c/${encodeURIComponent(campaign.slug)}?${query}`;
}
