import type * as z from 'zod';
import { Action, Details } from './action.ts';

/** What is read of a stored action to name its supporter in public. */
export const NamedAction = Action.pick({ pk: true, sk: true, state: true }).extend({
  current: Details.pick({ givenName: true, familyName: true, display: true }).optional(),
});
export type NamedAction = z.output<typeof NamedAction>;

const graphemes = /* @__PURE__ */ new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A supporter by the name that was chosen to be shown: "Amina Otieno", "王小明", or initials; undefined of all who are not to be. */
export function toShownName({ state, current }: NamedAction): string | undefined {
  if (state !== 'confirmed' || !current || current.display === 'anonymous') return undefined;
  const { givenName, familyName, display } = current;
  const familyFirst = [givenName, familyName].every(isOfFamilyFirst);
  if (display === 'initials')
    return familyFirst ? `${firstOf(familyName)}＊＊` : toInitials(givenName, familyName);
  return familyFirst ? familyName + givenName : `${givenName} ${familyName}`;
}

/**
 * Names in Chinese, Japanese and Korean script are written with the family's first, and with no space between. By
 * initials, these show a character of the family's alone ("王＊＊"): many a given name is but one.
 */
function isOfFamilyFirst(name: string): boolean {
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々]+$/u.test(name);
}

/** "A. O."; a name that has no other letter is not told ("＊ L."). Of two such names there is nothing to show. */
function toInitials(...names: string[]): string | undefined {
  const initials = names.map((name) => (hasMore(name) ? `${firstOf(name)}.` : '＊'));
  return initials.every((initial) => initial === '＊') ? undefined : initials.join(' ');
}

function hasMore(name: string): boolean {
  return /[\p{L}\p{N}]/u.test(name.slice(firstOf(name).length));
}

/** The first letter as readers know it, with all its marks. */
function firstOf(name: string): string {
  const [first] = graphemes.segment(name);
  return first?.segment ?? '';
}
