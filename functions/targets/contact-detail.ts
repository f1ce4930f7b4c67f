import * as z from 'zod';
import { line, lines } from './plain-text.ts';

/** What a letter's address has room for. */
const mostLines = 10;
const longestLine = 200;

const Email = z.email();
const AddressLine = line(longestLine);

/** What is wrong with a value of the type; undefined when nothing is. */
const faults: Record<string, (value: string) => string | undefined> = {
  email: (value) => (Email.safeParse(value).success ? undefined : 'Give an address such as a@example.org.'),
  url: (value) => (isWebAddress(value) ? undefined : 'Give an address that begins with https:// or http://.'),
  phone: (value) =>
    /^\+?[0-9][0-9 ()./-]{2,38}(?: ?(?:ext\.?|x) ?\d{1,6})?$/.test(value)
      ? undefined
      : 'Give a number such as +41 22 555 01 00.',
  address: faultOfAddress,
};

/** One way to reach the office, and what is known of it. An `address` is up to ten lines. */
export const ContactDetail = z
  .strictObject({
    type: z.enum(['email', 'address', 'url', 'phone'], 'Give email, address, url or phone.'),
    value: lines(1_200),
    status: z
      .enum(
        ['unverified', 'verified', 'bounced', 'retired'],
        'Give unverified, verified, bounced or retired.',
      )
      .default('unverified'),
    note: lines(500).optional(),
  })
  .check(({ value: { type, value }, issues }) => {
    const message = issues.length === 0 && faults[type]?.(value);
    if (message)
      issues.push({
        code: 'custom',
        input: value,
        path: ['value'],
        message,
        params: { code: `invalid-${type}` },
      });
  });
export type ContactDetail = z.output<typeof ContactDetail>;

/** An address of the web. */
export const Url = line(1_000).refine(isWebAddress, {
  error: 'Give an address that begins with https:// or http://.',
  params: { code: 'invalid-url' },
});

/** On one line, and without a name and a password. */
function isWebAddress(value: string): boolean {
  if (/\s/.test(value)) return false;
  const { protocol, username, password } = URL.parse(value) ?? {};
  return /^https?:$/.test(protocol ?? '') && !username && !password;
}

function faultOfAddress(value: string): string | undefined {
  const parts = value.split('\n');
  if (parts.length > mostLines) return `Give at most ${mostLines} lines; these are ${parts.length}.`;
  const isGood = parts.every((part) => AddressLine.safeParse(part).success);
  return isGood ? undefined : `Give lines of 1 to ${longestLine} characters, none of them empty.`;
}
