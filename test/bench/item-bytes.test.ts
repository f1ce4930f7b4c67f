import { marshall } from '@aws-sdk/util-dynamodb';
import { expect, test } from 'vitest';
import { itemBytes } from '../../bench/item-bytes.ts';

test.each([
  ['a text, in UTF-8', { name: 'é' }, 4 + 2],
  ['a number, by pairs of digits and a byte', { n: 123_456 }, 1 + 3 + 1],
  ['a number without the zeros at its ends', { n: 1_000_000 }, 1 + 1 + 1],
  ['a negative number', { n: -12 }, 1 + 1 + 1 + 1],
  ['a set of texts', { s: new Set(['ab', 'c']) }, 1 + 3],
  ['a list', { l: [10, 100] }, 1 + 3 + 2 + 2 * 2],
  ['several attributes', { a: 'x', b: 'y' }, 4],
])('the size of an item has %s', (_, data, bytes) => {
  expect(itemBytes(marshall(data))).toBe(bytes);
});
