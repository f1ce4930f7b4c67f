import { type HttpAnswer, type HttpRequest, page, retryHeader } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { messagePage } from './message-page.ts';
import { isTextKey, pageText } from './page-text.ts';

/** A problem in the reader's words, for who came by a link or a form. */
export function problemPage(problem: Problem, { query, headers }: HttpRequest): HttpAnswer {
  const language = chooseLanguage([query['lang'], headers['accept-language']], languages, 'en');
  const t = pageText(language);
  const [title, text] = [`outcome.${problem.code}.title`, `outcome.${problem.code}.text`];
  const said = {
    title: isTextKey(title) ? t(title) : t('outcome.problem.title'),
    text: isTextKey(text) ? t(text) : problem.message,
  };
  return page(problem.status, messagePage({ language, ...said }), retryHeader(problem));
}
