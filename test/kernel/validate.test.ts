import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { Problem, toProblemDocument } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';

const Schema = z.strictObject({
  name: z.string().max(5),
  kind: z.enum(['a', 'b']),
  list: z.array(z.strictObject({ id: z.int() })),
  'odd/na~me': z.string().optional(),
});
const valid = { name: 'x', kind: 'a', list: [{ id: 1 }] };

describe('validation', () => {
  test('gives back what is valid', () => {
    expect(validate(Schema, valid)).toEqual(valid);
  });

  test.each([
    ['a missing field', { ...valid, name: undefined }, '/name', 'required'],
    ['a missing choice', { ...valid, kind: undefined }, '/kind', 'required'],
    ['a field of the wrong type', { ...valid, name: 5 }, '/name', 'invalid-type'],
    ['a null', { ...valid, name: null }, '/name', 'invalid-type'],
    ['a text that is too long', { ...valid, name: 'abcdef' }, '/name', 'too-big'],
    ['a choice that is none', { ...valid, kind: 'c' }, '/kind', 'invalid-value'],
    ['an unknown field', { ...valid, extra: 1 }, '/extra', 'unknown-field'],
    ['a field within a list', { ...valid, list: [{ id: 1 }, { id: 'x' }] }, '/list/1/id', 'invalid-type'],
    ['an unknown field within a list', { ...valid, list: [{ id: 1, x: 2 }] }, '/list/0/x', 'unknown-field'],
    ['a name with signs that pointers escape', { ...valid, 'odd/na~me': 1 }, '/odd~1na~0me', 'invalid-type'],
    ['what is no object at all', 'text', '', 'invalid-type'],
  ])('points at %s', (_, input, pointer, code) => {
    expect(errorsOf(input)).toEqual([expect.objectContaining({ pointer, code })]);
  });

  test('names every wrong field, each with what to do about it', () => {
    const errors = errorsOf({ kind: 'c', list: [], extra: 1 });
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/extra', '/kind', '/name']);
    expect(errors.every(({ message }) => message.length > 0)).toBe(true);
  });

  test('ends after a hundred errors, however long the body', () => {
    expect(errorsOf({ ...valid, list: Array.from({ length: 500 }, () => ({})) })).toHaveLength(100);
  });
});

describe('a problem document', () => {
  test('says kind, status and what to do (RFC 9457)', () => {
    expect(toProblemDocument(new Problem('campaign-not-open', 'This campaign is paused.'))).toEqual({
      type: 'urn:groundswell:problem:campaign-not-open',
      title: 'campaign not open',
      status: 409,
      detail: 'This campaign is paused.',
    });
  });

  test('names the fields of bad input', () => {
    const errors = [{ pointer: '/email', code: 'required', message: 'Give it.' }];
    const problem = new Problem('invalid-fields', 'Some fields are not valid.', { errors });
    expect(toProblemDocument(problem)).toMatchObject({ status: 422, errors });
  });
});

function errorsOf(input: unknown) {
  try {
    validate(Schema, input);
  } catch (error) {
    if (error instanceof Problem) return error.facts.errors ?? [];
  }
  throw new Error('It was not refused as invalid');
}
