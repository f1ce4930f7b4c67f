import type { CountByDay, CountFlow } from '../../functions/tallies/public-count.ts';
import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { InvalidationReason } from '../../shared/kernel/invalidation-reason.ts';
import type { Language } from '../../shared/kernel/language.ts';
import { type Html, html } from './html.ts';
import { formatCount, formatDay } from './names.ts';
import { pageText } from './page-text.ts';

interface CountTable {
  kind: `${ActionKind}s`;
  count: CountByDay;
  language: Language;
}

/** Days of one kind with what came, what went and why, and what counted at each day's end; then their sum, and the tally. */
export function countTable({ kind, count, language }: CountTable): Html {
  const t = pageText(language);
  let counted = 0;
  const rows = count.days
    .map((each) => ({ day: each.day, flow: each[kind] }))
    .filter(({ flow }) => flow.confirmed !== 0 || waysOf(flow, language).length > 0)
    .map(({ day, flow }) => {
      counted += flow.net;
      return toRows(formatDay(day, language, { month: 'short' }), flow, counted, language);
    });
  return html`<section><h2 id="${kind}">${t(`count.${kind}`)}</h2>
<div class="scroll" role="region" aria-labelledby="${kind}" tabindex="0"><table class="days">
<thead><tr>${columns.map((name) => html`<th scope="col">${t(`count.${name}`)}</th>`)}</tr></thead>
<tbody>${rows}</tbody>
<tfoot>${toRows(t('count.allDays'), count.sum[kind], count.sum[kind].net, language)}
<tr><th scope="row" colspan="3">${t('count.tally')}</th><td>${formatCount(count.tally[kind], language)}</td></tr></tfoot>
</table></div></section>`;
}

const columns = ['day', 'confirmed', 'takenBack', 'counted'] as const;

/** A row of numbers, and below it, in the whole width, what made the third of them. */
function toRows(name: string, flow: CountFlow, counted: number, language: Language): Html {
  const numbers = [flow.confirmed, flow.confirmed - flow.net, counted];
  const ways = waysOf(flow, language);
  return html`<tr><th scope="row">${name}</th>${numbers.map((number) => html`<td>${formatCount(number, language)}</td>`)}</tr>
${ways.length > 0 && html`<tr class="ways"><td colspan="4"><ul>${ways.map((way) => html`<li>${way}</li> `)}</ul></td></tr>\n`}`;
}

/** How actions ceased to count, in words. */
function waysOf({ withdrawn, erased, invalidated }: CountFlow, language: Language): string[] {
  const t = pageText(language);
  const invalid = InvalidationReason.options.map((reason) => ({
    number: invalidated[reason] ?? 0,
    say: (count: string) => t('count.invalidated', { count, reason: t(`count.reason.${reason}`) }),
  }));
  const ways = [
    { number: withdrawn, say: (count: string) => t('count.withdrawn', { count }) },
    { number: erased, say: (count: string) => t('count.erased', { count }) },
    ...invalid,
  ];
  return ways
    .filter(({ number }) => number !== 0)
    .map(({ number, say }) => say(formatCount(number, language)));
}
