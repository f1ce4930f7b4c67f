import type { PublicTally } from '../../functions/tallies/public-tally.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { currencyList, exponentOf } from '../../shared/kernel/iso.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { countPath } from './address.ts';
import { type Html, html } from './html.ts';
import { countryName, dateLocale, formatCount, formatTime } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

export interface CampaignTally {
  language: Language;
  tally: PublicTally;
  kinds: readonly ActionKind[];
  /** Whether readers are told that they can be the first; not those who have just taken part. The script finds the place all the same. */
  invites?: boolean;
}

/** The script that keeps the tally up to date; without it, the numbers are those of when the page was made. */
export const tallyScript = 'tally.js';
/** How many countries are shown; the rest are in the JSON. */
const countriesShown = 5;

/**
 * What a page's live counts stand in, wherever they are. Their `data-` attributes say to `tally.js` which number goes
 * where; what is not there yet is in the markup but `hidden`, so that the script needs no markup of its own.
 */
export function liveTally({ language, tally }: CampaignTally, body: Html): Html {
  const address = `/v1/campaigns/${encodeURIComponent(tally.campaign)}/tally`;
  return html`<div data-tally="${address}" data-dates="${dateLocale(language)}">
${body}
<p class="visually-hidden" role="status" data-tally-news></p>
</div>`;
}

/** The total, and how far it is to the next goal. */
export function tallyCard({ language, tally, kinds, invites = true }: CampaignTally): Html {
  const t = pageText(language);
  const signed = kinds.includes('signature');
  // Most campaigns are for people: that no organisation has joined them yet is no figure of theirs.
  const endorsed = tally.endorsements.total > 0;
  return html`<section class="card tally" aria-labelledby="tally-title">
<h2 id="tally-title" class="quiet">${t('tally.title')}</h2>
<dl class="figures">
${signed && toFigure('signatures.total', t('tally.signatures'), tally.signatures.total, language)}
${kinds.includes('pledge') && toFigure('pledges.total', t('tally.pledges'), tally.pledges.total, language)}
${endorsed && toFigure('endorsements.total', t('tally.endorsements'), tally.endorsements.total, language)}
</dl>
${signed && toGoal(tally, language, t)}
<p data-tally-first${tally.asOf !== null && html` hidden`}>${invites && t('tally.first')}</p>
<p class="meta" data-tally-time data-text="${t('tally.asOf', { date: '{date}' })}"${tally.asOf === null && html` hidden`}>${
    tally.asOf !== null && t('tally.asOf', { date: formatTime(tally.asOf, language) })
  }</p>
<p class="meta"><a href="${countPath(tally.campaign, language)}">${t('tally.how')}</a></p>
</section>`;
}

/** Where signatures come from, what is pledged, and what has gone to governments. */
export function tallyDetails({ language, tally, kinds }: CampaignTally): Html {
  const t = pageText(language);
  const empty = tally.asOf === null && tally.governments.targeted === 0;
  return html`<section class="details" data-tally-details aria-labelledby="details"${empty && html` hidden`}><h2 id="details">${t('tally.details')}</h2>
${toCountries(kinds.includes('signature') ? 'signatures' : 'pledges', tally, language, t)}
${kinds.includes('pledge') && toMoney(tally, language, t)}
${tally.governments.targeted > 0 && toGovernments(tally, language, t)}
</section>`;
}

function toFigure(path: string, label: string, count: number, language: Language): Html {
  return html`<div><dt>${label}</dt><dd data-count="${path}">${formatCount(count, language)}</dd></div>`;
}

function toGoal({ signatures, goals }: PublicTally, language: Language, t: PageText): Html {
  const next = goals.next ?? Math.max(0, ...goals.reached);
  return html`<div class="goal" data-tally-goal${goals.next === null && html` hidden`}>
<progress max="${Math.max(next, 1)}" value="${Math.min(signatures.total, next)}" aria-labelledby="tally-goal"></progress>
<p id="tally-goal" data-text="${t('tally.goal', { goal: '{goal}' })}">${t('tally.goal', { goal: formatCount(next, language) })}</p>
</div>`;
}

function toCountries(
  of: 'signatures' | 'pledges',
  tally: PublicTally,
  language: Language,
  t: PageText,
): Html {
  const rows = Object.entries(tally[of].byCountry)
    .sort(([, a = 0], [, b = 0]) => b - a)
    .slice(0, countriesShown);
  const caption = of === 'signatures' ? t('tally.byCountry') : t('tally.pledgesByCountry');
  return html`<table data-tally-countries="${of}" data-limit="${countriesShown}"${rows.length === 0 && html` hidden`}>
<caption>${caption}</caption>
<thead class="visually-hidden"><tr><th scope="col">${t('tally.country')}</th><th scope="col">${t('tally.count')}</th></tr></thead>
<tbody>${rows.map(([country, count = 0]) => toRow(countryName(country, language), formatCount(count, language)))}</tbody>
</table>`;
}

/** Amounts stand beside each other by currency and are never added up. */
function toMoney({ pledges }: PublicTally, language: Language, t: PageText): Html {
  const rows = Object.entries(pledges.byCurrency).sort(([a], [b]) => (a < b ? -1 : 1));
  return html`<div data-tally-money data-digits="${unusualDigits}"${rows.length === 0 && html` hidden`}>
<table>
<caption>${t('tally.byCurrency')}</caption>
<thead><tr><th scope="col">${t('tally.amount')}</th><th scope="col">${t('tally.pledges')}</th></tr></thead>
<tbody>${rows.map(
    ([currency, sum]) =>
      sum && toRow(formatMoney(sum.amount, currency, language), formatCount(sum.count, language)),
  )}</tbody>
</table>
<p class="meta">${t('tally.notSummed')}</p>
</div>`;
}

function toGovernments({ governments }: PublicTally, language: Language, t: PageText): Html {
  return html`<h3 class="quiet">${t('tally.governments')}</h3>
<dl class="figures small">
${toFigure('governments.targeted', t('tally.targeted'), governments.targeted, language)}
${toFigure('governments.delivered', t('tally.delivered'), governments.delivered, language)}
${toFigure('governments.answered', t('tally.answered'), governments.answered, language)}
</dl>`;
}

function toRow(name: string, value: string): Html {
  return html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
}

/** For the script, whose browser's Intl rounds some currencies otherwise than ISO 4217: `JPY:0 KWD:3`, others have 2. */
const unusualDigits = currencyList
  .filter((currency) => exponentOf(currency) !== 2)
  .map((currency) => `${currency}:${exponentOf(currency)}`)
  .join(' ');
