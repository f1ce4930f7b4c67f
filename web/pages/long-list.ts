import { type Html, html } from './html.ts';

/** Rows that stand open. */
const rowsShown = 12;

/** A list of rows (`<li>`); a long one stands behind its number, said in words. */
export function longList(count: string, rows: Html[]): Html {
  const list = html`<ul class="rows">${rows}</ul>`;
  return rows.length > rowsShown ? html`<details><summary>${count}</summary>${list}</details>` : list;
}
