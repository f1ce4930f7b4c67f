import { Problem } from '../../shared/kernel/problem.ts';

/** As `identifyLetter` makes them: initials, a year, and eight signs without I, L, O, U, 0 and 1. */
const form = /^([A-Z0-9]{1,5})(20\d{2})([2-9A-HJKMNP-TV-Z]{8})$/;

/**
 * The number of a letter as it is printed, from what somebody typed or pasted: in small letters, with spaces or without
 * hyphens, or the whole link.
 * @throws Problem `not-found` when it is no number of ours.
 */
export function toExactNumber(typed: string): string {
  const [address = ''] = typed.trim().split(/[?#]/);
  const signs = (address.split('/').at(-1) ?? '')
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '');
  const parts = form.exec(signs)?.slice(1);
  if (!parts) throw noSuchLetter();
  return parts.join('-');
}

/** The one answer about letters that are not there, and about those that are not public. */
export function noSuchLetter(): Problem {
  return new Problem(
    'not-found',
    'No letter that has gone out has this number. Compare it sign by sign: the eight after the year are never I, L, O, U, 0 or 1.',
  );
}

/** Where a letter can be checked, in the language and the format that were asked for. */
export function letterAddress(number: string, { lang, format }: Record<string, string | undefined>): string {
  const query = new URLSearchParams({ ...(lang && { lang }), ...(format && { format }) }).toString();
  return `/letters/${number}${query && `?${query}`}`;
}
