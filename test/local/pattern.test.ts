import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../infra/local/events/pattern.ts';

const event = {
  source: 'app',
  'detail-type': 'ActionConfirmed',
  detail: {
    country: 'FR',
    amount: 2500,
    tags: ['a', 'b'],
    on: true,
    note: null,
    inner: { deep: 'Value.txt' },
  },
};

const matching: [what: string, pattern: object][] = [
  ['a value', { source: ['app'] }],
  ['one of several values', { 'detail-type': ['Other', 'ActionConfirmed'] }],
  ['nested fields, all of them', { source: ['app'], detail: { inner: { deep: ['Value.txt'] } } }],
  ['one element of an array', { detail: { tags: ['b'] } }],
  ['a boolean', { detail: { on: [true] } }],
  ['null', { detail: { note: [null] } }],
  ['a prefix', { detail: { inner: { deep: [{ prefix: 'Val' }] } } }],
  ['a suffix', { detail: { inner: { deep: [{ suffix: '.txt' }] } } }],
  ['anything but a value', { detail: { country: [{ 'anything-but': 'GB' }] } }],
  ['anything but a list', { detail: { country: [{ 'anything-but': ['GB', 'US'] }] } }],
  ['anything but a prefix', { source: [{ 'anything-but': { prefix: 'aws.' } }] }],
  ['anything but a list of suffixes', { source: [{ 'anything-but': { suffix: ['.x', '.y'] } }] }],
  ['a range', { detail: { amount: [{ numeric: ['>', 0, '<=', 2500] }] } }],
  ['an equal number', { detail: { amount: [{ numeric: ['=', 2500] }] } }],
  ['a field that is there', { detail: { note: [{ exists: true }] } }],
  ['a field that is not', { detail: { missing: [{ exists: false }] } }],
  ['one side of $or', { detail: { $or: [{ country: ['GB'] }, { amount: [{ numeric: ['>', 100] }] }] } }],
];
const failing: [what: string, pattern: object][] = [
  ['another value', { source: ['other'] }],
  ['one field of two', { source: ['app'], 'detail-type': ['Other'] }],
  ['a missing field', { detail: { missing: ['x'] } }],
  ['a number as text', { detail: { amount: ['2500'] } }],
  ['a prefix of another case', { source: [{ prefix: 'A' }] }],
  ['an excluded value', { detail: { country: [{ 'anything-but': ['FR'] }] } }],
  ['anything but, of a missing field', { detail: { missing: [{ 'anything-but': 'x' }] } }],
  ['a number out of range', { detail: { amount: [{ numeric: ['<', 2500] }] } }],
  ['exists, of an object', { detail: { inner: [{ exists: true }] } }],
  ['no side of $or', { $or: [{ source: ['x'] }, { source: ['y'] }] }],
];

describe('an event pattern', () => {
  it.each(matching)('matches %s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(true);
  });

  it.each(failing)('does not match %s', (_, pattern) => {
    expect(compilePattern(pattern)(event)).toBe(false);
  });

  it('is refused with a matcher that this host does not know', () => {
    expect(() => compilePattern({ source: [{ cidr: '10.0.0.0/8' }] })).toThrow(/Unknown matcher/);
  });
});
