import type { PublicAsk } from '../../functions/campaigns/campaign.ts';
import type { CountByDay } from '../../functions/tallies/public-count.ts';
import { ActionKind } from '../../shared/kernel/action-kind.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { campaignPath, countPath } from './address.ts';
import { countRule } from './count-rule.ts';
import { countTable } from './count-table.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { formatCount, formatTime } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

export interface CountPage {
  /** In one language, which is the page's. */
  campaign: PublicAsk;
  count: CountByDay;
}

/** How a campaign is counted: the rule, whether the days add up to the tally, and the days. */
export function countPage({ campaign, count }: CountPage): string {
  const { slug, language, languages, title } = campaign;
  const t = pageText(language);
  return layout({
    language,
    title: t('count.pageTitle', { title }),
    description: t('count.description'),
    translations: languages.map((each) => ({ language: each, href: countPath(slug, each) })),
    body: html`<p class="meta"><a href="${campaignPath(slug, { lang: language })}">${t('confirmed.back')}</a></p>
<h1>${t('count.title')}</h1>
<p class="lead">${t('manage.intro', { campaign: title })}</p>
${toCheck(count, language, t)}
<section aria-labelledby="rule"><h2 id="rule">${t('count.rule')}</h2>
<ul class="prose rule">${countRule(language).map((part) => html`<li>${part}</li>\n`)}</ul></section>
${count.days.length === 0 && html`<p>${t('count.none')}</p>`}
${kindsOf(campaign, count).map((kind) => countTable({ kind, count, language }))}
${toFiles(campaign, t)}
${count.asOf !== null && html`<p class="meta">${t('tally.asOf', { date: formatTime(count.asOf, language) })}</p>`}`,
  });
}

/** Whether the days add up, and what the last comparison with the actions themselves found. */
function toCheck({ check, recount }: CountByDay, language: Language, t: PageText): Html {
  return html`<section class="card notice narrow"><h2>${t(`count.check.${check}.title`)}</h2>
<p>${t(`count.check.${check}.text`)}</p>
${recount && html`<p>${toRecount(recount, language, t)}</p>`}</section>`;
}

type LastRecount = NonNullable<CountByDay['recount']>;

function toRecount({ state, at, differences }: LastRecount, language: Language, t: PageText): string {
  const date = formatTime(at, language);
  if (state === 'done') return t('count.recount.done', { date, count: formatCount(differences, language) });
  return state === 'failed' ? t('count.recount.failed', { date }) : t('count.recount.open');
}

/** What the campaign takes, and what it once took. */
function kindsOf({ kinds }: PublicAsk, { days }: CountByDay): `${ActionKind}s`[] {
  if (days.length === 0) return [];
  return ActionKind.options
    .filter((kind) => kinds.includes(kind) || days.some((day) => day[`${kind}s`].confirmed !== 0))
    .map((kind) => `${kind}s` as const);
}

function toFiles({ slug, language }: PublicAsk, t: PageText): Html {
  const address = `/v1/campaigns/${encodeURIComponent(slug)}/count`;
  return html`<section aria-labelledby="files"><h2 id="files">${t('count.files')}</h2>
<p>${t('count.files.text')}</p>
<ul><li><a href="${address}?format=csv">${t('count.csv')}</a></li>
<li><a href="${address}?format=json&amp;lang=${language}">${t('count.json')}</a></li></ul></section>`;
}
