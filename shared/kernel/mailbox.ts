import { domainToASCII } from 'node:url';

const dotless = new Set(['gmail.com']);
const aliases = new Map([['googlemail.com', 'gmail.com']]);

/**
 * The one spelling of a mailbox that duplicates are found by; mail always goes to the address as typed.
 * Lower case, IDNA domain, `+tag` after a name dropped everywhere, dots dropped where the provider ignores them.
 */
export function canonicalMailbox(email: string): string {
  const at = email.lastIndexOf('@');
  const typedDomain = domainToASCII(email.slice(at + 1).toLowerCase());
  const domain = aliases.get(typedDomain) ?? typedDomain;
  const local = email
    .slice(0, at)
    .normalize('NFC')
    .toLowerCase()
    .replace(/(?<!^)\+.*$/s, '');
  return `${dotless.has(domain) ? local.replaceAll('.', '') : local}@${domain}`;
}

/** The address as SES takes it: as typed, but a domain of another script in its ASCII form (RFC 3492). */
export function deliverableAddress(email: string): string {
  const at = email.lastIndexOf('@') + 1;
  return `${email.slice(0, at)}${domainToASCII(email.slice(at))}`;
}
