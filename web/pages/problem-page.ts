import { type HttpAnswer, type HttpRequest, page, retryHeader } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { messagePage, outcomeText } from './message-page.ts';

/** A problem in the reader's words, for who came by a link or a form. */
export function problemPage(problem: Problem, { query, headers }: HttpRequest): HttpAnswer {
  const language = chooseLanguage([query['lang'], headers['accept-language']], languages, 'en');
  const said = outcomeText(language, problem.code, problem.message);
  return page(problem.status, messagePage({ language, ...said }), retryHeader(problem));
}
