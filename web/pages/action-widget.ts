import { attributesOf, type Embedded } from './embed-code.ts';
import { type Html, html } from './html.ts';

/** The script that makes an element of `actionWidget` the widget, for the page's `scripts`. */
export const widgetScript = 'widget.js';

/** The widget on a page of ours; without its script, what is in it. */
export function actionWidget(embedded: Pick<Embedded, 'campaign' | 'options'>, fallback: Html): Html {
  return html`<groundswell-action${attributesOf(embedded)}>${fallback}</groundswell-action>`;
}
