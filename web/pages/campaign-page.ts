import type { PublicAsk, PublicCampaign } from '../../functions/campaigns/campaign.ts';
import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import { ActionKind, isWidgetKind } from '../../shared/kernel/action-kind.ts';
import type { FieldError } from '../../shared/kernel/problem.ts';
import { fieldNames } from './action-form.ts';
import { widgetScript } from './action-widget.ts';
import { campaignPath } from './address.ts';
import {
  type Chapter,
  chapterList,
  momentLine,
  noteList,
  partnerIntroduction,
  rootLine,
  toParagraphs,
} from './campaign-context.ts';
import { campaignForms } from './campaign-forms.ts';
import { type CampaignRecord, campaignRecord } from './campaign-record.ts';
import { type CampaignTally, liveTally, tallyCard, tallyDetails, tallyScript } from './campaign-tally.ts';
import { cardAddress } from './embed-code.ts';
import { errorSummary } from './error-summary.ts';
import { type FormState, showErrors, valueAt } from './form-state.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { longList } from './long-list.ts';
import { countryName, formatLastDay } from './names.ts';
import type { PublicAddress } from './page-meta.ts';
import { type PageText, pageText } from './page-text.ts';

type ShownCampaign = PublicAsk & Partial<PublicCampaign>;

export interface CampaignPage extends Omit<CampaignRecord, 'language'> {
  /** In one language, which is the page's. Whom it is addressed to is left out where the registry may not be read. */
  campaign: ShownCampaign;
  tally: PublicTally;
  /** Those of a root campaign that are open. */
  chapters?: Chapter[] | undefined;
  /** What was typed, in the shape of the JSON body; `partner` and `source` also from the link that led here. */
  values?: Record<string, unknown>;
  errors?: FieldError[];
  /** What else went wrong, in the language of the page. */
  problem?: string | undefined;
  /** The form that `values` and `errors` belong to, and that is open; the campaign's first by default. */
  kind?: ActionKind | undefined;
  /** Address of the site, without a slash at its end, for a page that may be shared. */
  site?: string | undefined;
}

/** Leads the page's links to the steps of the widget. */
const stepsScript = 'campaign.js';

/** The ask, whom it is addressed to, the live count, the forms to take part, and what came of it. */
export function campaignPage(page: CampaignPage): string {
  const { campaign, tally, problem, site, signers, organisations, endorsers, partners, letters } = page;
  const { language, title, summary, kinds } = campaign;
  const t = pageText(language);
  const kind = page.kind ?? ActionKind.options.find((each) => kinds.includes(each)) ?? 'signature';
  const forms = [kind, ...kinds.filter((each) => each !== kind)].map((each) => toForm(page, each, kind));
  const errors = forms.flatMap((form) => form.errors);
  const counts = { language, tally, kinds };
  const failed = errors.length > 0 || problem !== undefined;
  const withWidget = campaign.status === 'live' && !failed;
  return layout({
    language,
    title: failed ? t('site.errorTitle', { title }) : title,
    description: summary,
    scripts: withWidget ? [tallyScript, stepsScript, widgetScript] : [tallyScript],
    translations: campaign.languages.map((each) => ({ language: each, href: hrefIn(each, page) })),
    indexed: !failed,
    address: site === undefined ? undefined : toAddress(site, campaign),
    body: html`${failed && errorSummary({ t, kind, errors, problem })}
${liveTally(
  counts,
  html`${toHero(page, kind, counts)}
<div class="columns">
<div class="ask">
${partnerIntroduction(campaign)}<section aria-labelledby="ask"><h2 id="ask">${t('campaign.ask')}</h2><div class="prose">${toParagraphs(campaign.text)}</div></section>
${noteList(campaign, language)}${toTargets(campaign, t)}
${chapterList(page.chapters, language)}
</div>
<div class="forms">${campaignForms({ campaign, forms, withWidget })}</div>
<div class="record">
${tallyDetails(counts)}
${campaignRecord({ language, signers, organisations, endorsers, partners, letters })}</div>
</div>`,
)}`,
  });
}

function toAddress(site: string, campaign: PublicAsk): PublicAddress {
  const card = cardAddress({ site, campaign, options: { lang: campaign.language } });
  return { site, path: campaignPath(campaign.slug), card };
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

function toHero(page: CampaignPage, open: ActionKind, counts: CampaignTally): Html {
  const { title, summary, owner, status, language, closesAt, timeZone } = page.campaign;
  const t = pageText(language);
  return html`<div class="hero">
<div class="hero-text">
<p class="meta"><bdi>${t('campaign.by', { owner: owner.name })}</bdi></p>
${rootLine(page.campaign, language)}<h1>${title}</h1>
<p class="lead">${summary}</p>
${momentLine(page.campaign, language)}
${status === 'live' && html`<p class="calls">${page.campaign.kinds.map((kind, at) => toCall(page, kind, at === 0, open))}</p>`}
${status === 'live' && closesAt && html`<p class="meta">${t('campaign.until', { date: formatLastDay(closesAt, language, { timeZone }) })}</p>`}
</div>
${tallyCard(counts)}
</div>`;
}

/** Leads to the open form; to another, by the page that has it open, for not every browser opens what a link leads to. */
function toCall(page: CampaignPage, kind: ActionKind, first: boolean, open: ActionKind): Html {
  const { language } = page.campaign;
  const href = kind === open ? `#${kind}` : `${hrefIn(language, { ...page, kind })}#${kind}`;
  return html`<a class="button${!first && ' second'}" href="${href}"${isWidgetKind(kind) && html` data-step="${kind}"`}>${pageText(language)(`${kind}.title`)}</a> `;
}

function toTargets({ targets = [], language }: ShownCampaign, t: PageText): Html | false {
  if (targets.length === 0) return false;
  const { compare } = new Intl.Collator(language);
  const rows = targets
    .map(({ country, office }) => ({ country: countryName(country, language), office }))
    .sort((a, b) => compare(a.country, b.country) || compare(a.office, b.office));
  const list = rows.map(
    ({ country, office }) => html`<li><strong>${country}</strong> <span><bdi>${office}</bdi></span></li>`,
  );
  return html`<section aria-labelledby="targets"><h2 id="targets">${t('campaign.targets')}</h2>
${longList(t('campaign.targetsCount', { count: rows.length }), list)}
</section>`;
}

function hrefIn(language: string, { campaign, values = {}, kind }: CampaignPage): string {
  const [partner, source] = ['partner', 'source'].map((name) => valueAt({ values }, name) || undefined);
  return campaignPath(campaign.slug, { lang: language, kind, partner, source });
}
