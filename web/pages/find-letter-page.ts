import { type HttpAnswer, type HttpRequest, page } from '../../shared/http/http-handler.ts';
import { chooseLanguage, type Language, languages } from '../../shared/kernel/language.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { html } from './html.ts';
import { layout } from './layout.ts';
import { letterForm } from './letter-form.ts';
import { pageText } from './page-text.ts';
import { problemPage } from './problem-page.ts';

/** Where whoever holds a letter of ours gives its number; `typed` is one that no letter has. */
export function findLetterPage(language: Language, typed?: string): string {
  const t = pageText(language);
  const about = typed === undefined ? 'find' : 'missing';
  const title = t(`letter.${about}.title`);
  return layout({
    language,
    title,
    indexed: false,
    translations: languages.map((each) => ({ language: each, href: `/letters?lang=${each}` })),
    body: html`<div class="narrow card">
<h1>${title}</h1>
<p class="lead">${t(`letter.${about}.text`)}</p>
${letterForm(language, typed)}
</div>`,
  });
}

/** That no letter that is public has the number, and what to look at; any other problem as on other pages. */
export function missingLetterPage(problem: Problem, request: HttpRequest): HttpAnswer | Promise<HttpAnswer> {
  if (problem.code !== 'not-found') return problemPage(problem, request);
  const { path, query, headers } = request;
  const language = chooseLanguage([query['lang'], headers['accept-language']], languages, 'en');
  const typed = path['number'] ?? query['number'] ?? '';
  return page(problem.status, findLetterPage(language, typed));
}
