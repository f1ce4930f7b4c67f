import {
  framedPage,
  type HttpAnswer,
  type HttpRequest,
  page,
  retryHeader,
} from '../../shared/http/http-handler.ts';
import { chooseLanguage, type Language, languages } from '../../shared/kernel/language.ts';
import type { Problem } from '../../shared/kernel/problem.ts';
import { framedMessage, messagePage, outcomeText } from './message-page.ts';
import { pageText } from './page-text.ts';

/** A problem in the reader's words, for who came by a link or a form. */
export function problemPage(problem: Problem, request: HttpRequest): HttpAnswer {
  return page(problem.status, messagePage(inWords(problem, request)), retryHeader(problem));
}

/** The same in the frame of another page. */
export function framedProblemPage(problem: Problem, request: HttpRequest): HttpAnswer {
  return framedPage(problem.status, framedMessage(inWords(problem, request)), retryHeader(problem));
}

function inWords(problem: Problem, { query, headers }: HttpRequest) {
  const language = chooseLanguage([query['lang'], headers['accept-language']], languages, 'en');
  return {
    language,
    ...outcomeText(language, problem.code, problem.message),
    link: wayOn(problem, language),
  };
}

/** To the campaign that has to be read again. */
function wayOn({ facts: { campaign } }: Problem, language: Language) {
  if (!campaign) return undefined;
  return { href: `/c/${campaign}?lang=${language}`, text: pageText(language)('outcome.campaign') };
}
