import type { LetterProof, ProvenCounts } from '../../functions/letters/letter-proof.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { formatMoney } from '../../shared/kernel/money.ts';
import { countPath } from './address.ts';
import { type Html, html } from './html.ts';
import { countryName, currencyName, formatCount, formatTime } from './names.ts';
import { type PageText, pageText } from './page-text.ts';

/** What a letter claims and, in the column beside it, the same counts now. */
export function letterFigures(proof: LetterProof): Html {
  const { language, campaign, claimed, now } = proof;
  const t = pageText(language);
  return html`<section class="card claims" aria-labelledby="figures"><h2 id="figures" class="quiet">${t('letter.figures')}</h2>
<div class="scroll" role="group" aria-labelledby="figures" tabindex="0"><table class="both">
<thead><tr>${columns.map((name) => html`<th scope="col">${t(`letter.${name}`)}</th>`)}</tr></thead>
<tbody>${rowsOf(proof, t).map(
    ([name, ...cells]) =>
      html`<tr><th scope="row">${name}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`,
  )}</tbody>
</table></div>
<p class="meta">${t('letter.asOf', { date: formatTime(claimed.asOf, language) })}${
    now.asOf !== null && html`<br>${t('letter.lastChange', { date: formatTime(now.asOf, language) })}`
  }</p>
<p class="meta">${t('letter.moves')}${claimed.pledges.length + now.pledges.length > 0 && html` ${t('tally.notSummed')}`}</p>
<p class="meta"><a href="${countPath(campaign.slug, language)}">${t('tally.how')}</a></p>
</section>`;
}

const columns = ['counted', 'claimed', 'now'] as const;

type Row = [name: string, claimed: Html | string, now: Html | string];

function rowsOf({ language, office, claimed, now }: LetterProof, t: PageText): Row[] {
  const count = (of: (counts: ProvenCounts) => number): [string, string] => [
    formatCount(of(claimed), language),
    formatCount(of(now), language),
  ];
  const here = t('letter.signaturesHere', { country: countryName(office.country, language) });
  const rows: Row[] = [[t('letter.signatures'), ...count(({ signatures }) => signatures)]];
  if (claimed.signaturesHere !== null)
    rows.push([here, ...count(({ signaturesHere }) => signaturesHere ?? 0)]);
  rows.push([t('letter.countries'), ...count(({ countries }) => countries)]);
  const currencies = new Set([...claimed.pledges, ...now.pledges].map(({ currency }) => currency));
  for (const currency of [...currencies].sort()) {
    const name = t('letter.pledged', { currency: currencyName(currency, language) });
    rows.push([name, toPledges(claimed, currency, language, t), toPledges(now, currency, language, t)]);
  }
  return rows;
}

function toPledges({ pledges }: ProvenCounts, currency: string, language: Language, t: PageText): Html {
  const { count, amount } = pledges.find((each) => each.currency === currency) ?? { count: 0, amount: 0 };
  return html`${formatMoney(amount, currency, language)}<br><span class="mark">${t('letter.pledges', { count })}</span>`;
}
