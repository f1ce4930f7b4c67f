import { matchLanguage } from '../../shared/kernel/match-language.ts';
import { letterError } from './letter-error.ts';
import { type MessageKey, messageKeys } from './letter-messages.ts';
import type { LetterText } from './letter-text.ts';
import { standardMessages } from './standard-messages.ts';

/**
 * All messages of a letter in the language (BCP 47): the campaign's own, and the system's for those that it does not give.
 * @throws LetterError `no-text` naming the messages that nobody gives: in a language that the system does not write by
 * itself, a campaign's text has all that there were when it was saved.
 */
export function messagesOf(
  language: string,
  { messages }: Pick<LetterText, 'messages'>,
): Record<MessageKey, string> {
  const all = { ...standardMessagesOf(language), ...messages };
  const missing = messageKeys.filter((key) => all[key] === undefined);
  if (missing.length > 0) throw letterError('no-text', `in ${language}`, missing);
  return all as Record<MessageKey, string>;
}

/** The system's messages in this language and script, if it has any. */
export function standardMessagesOf(language: string): Record<MessageKey, string> | undefined {
  const found = matchLanguage(language, Object.keys(standardMessages));
  return found === undefined ? undefined : standardMessages[found];
}
