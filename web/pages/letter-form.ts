import type { Language } from '../../shared/kernel/language.ts';
import { type Html, html } from './html.ts';
import { pageText } from './page-text.ts';

/** Longer than any number or link of ours. */
const mostSigns = 120;

/** Asks for the number of a letter; `typed` is what was given before and was no such number. */
export function letterForm(language: Language, typed = ''): Html {
  const t = pageText(language);
  return html`<form class="find" method="get" action="/letters">
<input type="hidden" name="lang" value="${language}">
<div class="field"><label for="number">${t('letter.find.number')}</label>
<p class="hint" id="number-hint">${t('letter.find.hint')}</p>
<input type="text" id="number" name="number" value="${typed.slice(0, mostSigns)}" required maxlength="${mostSigns}" autocomplete="off" autocapitalize="characters" spellcheck="false" dir="ltr" aria-describedby="number-hint"></div>
<button class="button">${t('letter.find.submit')}</button>
</form>`;
}
