import { h } from './h.ts';
import type { Tell } from './texts.ts';

/**
 * Providers with many mailboxes. Only names that are long enough: near short ones (aol.com, live.com, gmx.de, qq.com) are
 * too many domains that people have.
 */
const providers =
  'gmail.com yahoo.com hotmail.com outlook.com icloud.com protonmail.com yandex.ru orange.fr'.split(' ');

/** Asks whether another address was meant, with a button that puts it right. */
export function askIfMeant(tell: Tell, input: HTMLInputElement, place: HTMLElement): void {
  const email = likelyAddress(input.value);
  if (!email) return;
  const click = () => {
    input.value = email;
    place.replaceChildren();
    input.focus();
  };
  const use = h('button:link', { type: 'button', click }, tell('form.typo.use'));
  place.replaceChildren(tell('form.typo', { email }), ' ', use);
}

/** The address that was probably meant, if its domain looks like a slip of the finger. */
export function likelyAddress(email: string): string | undefined {
  // Before the @, capitals may matter (RFC 5321, 2.4).
  const [name, address = ''] = email.split('@');
  const typed = address.toLowerCase();
  // None of these is a top-level domain; but there are the domains mail.com, email.com, ymail.com and cloud.com.
  const domain = typed.replace(/\.(c(on|mo|omm|oom)|ocm|[vx]om)$/, '.com');
  const meant = /^([ey]?mail|cloud)\.com$/.test(domain)
    ? ''
    : providers.find((each) => isOneSlip(each, domain));
  const likely = meant || domain;
  return likely === typed ? undefined : `${name}@${likely}`;
}

/** Whether it is the word, or one letter is missing, added or wrong, or two changed places (Damerau-Levenshtein distance 1). */
export function isOneSlip(word: string, typed: string): boolean {
  return [...word, ''].some((letter, at) => {
    const before = word.slice(0, at);
    const [next = '', ...rest] = word.slice(at + 1);
    return RegExp(`^${before}(.?${next}|.${letter}${next}|${next}${letter})${rest.join('')}$`).test(typed);
  });
}
