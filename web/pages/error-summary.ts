import type { ActionKind } from '../../shared/kernel/action-kind.ts';
import { fieldId, type ShownError } from './form-state.ts';
import { type Html, html } from './html.ts';
import type { PageText } from './page-text.ts';

export interface ErrorSummary {
  t: PageText;
  kind: ActionKind;
  errors: ShownError[];
  problem?: string | undefined;
}

/** What went wrong, on top of the page and in focus; each error links to the input where it is mended. */
export function errorSummary({ t, kind, errors, problem }: ErrorSummary): Html {
  const title = errors.length > 0 ? t('errors.title', { count: errors.length }) : t('errors.problem');
  return html`<div class="error-summary" role="alert" tabindex="-1" autofocus aria-labelledby="error-summary">
<h2 id="error-summary">${title}</h2>
${problem && html`<p>${problem}</p>`}
${errors.length > 0 && html`<ul>${errors.map((error) => html`<li>${toLink(kind, error)}</li>`)}</ul>`}
</div>`;
}

function toLink(kind: ActionKind, { field, text }: ShownError): Html | string {
  return field ? html`<a href="#${fieldId(kind, field)}">${text}</a>` : text;
}
