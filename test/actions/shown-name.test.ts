import { expect, test } from 'vitest';
import { toShownName } from '../../functions/actions/shown-name.ts';
import { anAction, confirmed, someDetails } from '../support/an-action.ts';

test.each([
  ['Amina', 'Otieno', 'Amina Otieno'],
  ['明', '王', '王明'],
  ['민수', '김', '김민수'],
  ['太郎', '田中', '田中太郎'],
  ['Ming', '王', 'Ming 王'],
])('the name of %s %s is written as its script writes names', (givenName, familyName, shown) => {
  expect(shownBy('name', givenName, familyName)).toBe(shown);
});

test.each([
  ['Amina', 'Otieno', 'A. O.'],
  ['Jean-Luc', 'O’Neill', 'J. O.'],
  ['阿卜杜·热合曼', 'Yusuf', '阿. Y.'],
])('initials of %s %s are the first letter of each name', (givenName, familyName, shown) => {
  expect(shownBy('initials', givenName, familyName)).toBe(shown);
});

test.each([
  ['明', '王', '王＊＊'],
  ['小明', '王', '王＊＊'],
  ['震', '欧阳', '欧＊＊'],
  ['민수', '김', '김＊＊'],
  ['太郎', '田中', '田＊＊'],
  ['さくら', 'すずき', 'す＊＊'],
  ['マリー', 'ルブラン', 'ル＊＊'],
])(
  'of %s %s, whose family comes first, they are the first character of the family’s alone',
  (given, family, shown) => {
    expect(shownBy('initials', given, family)).toBe(shown);
  },
);

test.each([
  ['X', 'Lee', '＊ L.'],
  ['Ming', '王', 'M. ＊'],
  ['E\u0301', 'Nguyễn', '＊ N.'],
  ['क्षि', 'शर्मा', '＊ श.'],
  ['X.', 'Lee', '＊ L.'],
])('a name that is but one letter is never printed whole: %s %s', (givenName, familyName, shown) => {
  expect(shownBy('initials', givenName, familyName)).toBe(shown);
});

test('of a name of one letter each, there are no initials to show', () => {
  expect(shownBy('initials', 'X', 'Y')).toBeUndefined();
  expect(shownBy('name', 'X', 'Y')).toBe('X Y');
});

function shownBy(display: 'initials' | 'name', givenName: string, familyName: string): string | undefined {
  return toShownName(confirmed(anAction(), { current: someDetails({ display, givenName, familyName }) }));
}
