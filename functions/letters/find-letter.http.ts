import { page, pageHandler, seeOther } from '../../shared/http/http-handler.ts';
import { chooseLanguage, languages } from '../../shared/kernel/language.ts';
import { findLetterPage, missingLetterPage } from '../../web/pages/find-letter-page.ts';
import { letterAddress, toExactNumber } from './letter-number.ts';

/** Asks for the number of a letter, and leads to its page. */
export const handler = pageHandler(async ({ query, headers }) => {
  const typed = query['number'];
  if (typed?.trim()) return seeOther(letterAddress(toExactNumber(typed), query));
  return page(
    200,
    findLetterPage(chooseLanguage([query['lang'], headers['accept-language']], languages, 'en')),
  );
}, missingLetterPage);
