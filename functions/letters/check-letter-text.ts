import * as z from 'zod';
import { LanguageTag } from '../../shared/kernel/language.ts';
import { checkMessage } from './check-message.ts';
import { type MessageKey, messageKeys } from './letter-messages.ts';
import { ask, asksOf, LetterText, message } from './letter-text.ts';
import { standardMessagesOf } from './messages-of.ts';

/**
 * A `LetterText` as it can be saved in the language: each ask and message is ICU MessageFormat that can be said in it,
 * and none is missing that the system has no words of its own for.
 */
export function letterTextIn(language: string) {
  const said = (schema: z.ZodString, key?: MessageKey) =>
    schema.superRefine((words, { addIssue }) => {
      for (const { code, message } of checkMessage({ words, language, ...(key && { key }) }))
        addIssue({ code: 'custom', params: { code }, message });
    });
  const isStandard = standardMessagesOf(language) !== undefined;
  const messages = messageKeys.map((key) => {
    const schema = said(message, key);
    return [key, isStandard ? schema.optional() : schema];
  });
  return LetterText.extend({
    asks: asksOf(said(ask)),
    messages: z
      .strictObject(Object.fromEntries(messages) as Record<MessageKey, z.ZodOptional<z.ZodString>>)
      // Parsed like any other, so that what is missing is named also when all of it is.
      .prefault({}),
  });
}

/** The tag as BCP 47 writes it (`pt-BR`); undefined when it is none, or of a language whose plurals CLDR does not know. */
export function toLanguage(tag: string): string | undefined {
  if (!LanguageTag.safeParse(tag).success) return undefined;
  try {
    const [language] = Intl.getCanonicalLocales(tag);
    return Intl.PluralRules.supportedLocalesOf(language).at(0) && language;
  } catch {
    return undefined;
  }
}
