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

  const long = Array.from({ length: 30 }, (_, at) => `kind-${at}`);
  test.each<[what: string, schema: z.ZodType, input: unknown, message: string]>([
    ['a list that is empty', z.array(z.string()).min(1), [], 'Give at least 1.'],
    ['a list that is too long', z.array(z.int()).max(2), [1, 2, 3], 'Give at most 2.'],
    ['a text that is empty', z.string().min(1), '', 'Give at least 1 character.'],
    ['a text that is too short', z.string().min(2), 'a', 'Give at least 2 characters.'],
    ['a text that is too long', z.string().max(5), 'abcdef', 'Give at most 5 characters.'],
    ['too small a number', z.int().min(3), 2, 'Give at least 3.'],
    ['a number that is none of one', z.int().positive(), 0, 'Give more than 0.'],
    ['too large a number', z.number().lt(10), 10, 'Give less than 10.'],
    ['a number that cannot be kept exactly', z.int(), 2 ** 60, 'Give at most 9007199254740991.'],
    ['what is no choice', z.enum(['a', 'b']), 'c', 'Choose one of: a, b.'],
    ['what is not the one choice', z.literal('yes'), 'no', 'Give yes.'],
    ['none of many choices', z.enum(long), 'c', `Choose one of: ${long.slice(0, 20).join(', ')}, …`],
    ['no text', z.string(), 5, 'Give a text.'],
    ['no number', z.coerce.number(), 'abc', 'Give a number.'],
    ['no whole number', z.int(), 1.5, 'Give a whole number.'],
    ['neither true nor false', z.boolean(), 'yes', 'Give true or false.'],
    ['no list', z.array(z.string()), {}, 'Give a list.'],
    ['a list in the place of fields', z.strictObject({}), [], 'Give an object.'],
    ['no record', z.record(z.string(), z.string()), null, 'Give an object.'],
    ['no address of the web', z.url(), 'example', 'Give a web address that begins with https://.'],
    ['no address of mail', z.email(), 'a@', 'Give an address such as name@example.org.'],
    ['no time', z.iso.datetime(), 'now', 'Give a time in UTC such as 2026-10-10T00:00:00Z.'],
    ['another form', z.string().regex(/^a$/), 'b', 'This is not of the form that is asked for.'],
    ['none of several', z.union([z.int(), z.boolean()]), 'b', 'This is not of the form that is asked for.'],
    ['what a schema has words for', z.string().min(1, 'Give a name.'), '', 'Give a name.'],
    ['what a rule has words for', z.string().refine(() => false, 'Say why.'), 'a', 'Say why.'],
  ])('says what to do about %s', (_, schema, input, message) => {
    expect(errorsOf(input, schema).map((error) => error.message)).toEqual([message]);
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

function errorsOf(input: unknown, schema: z.ZodType = Schema) {
  try {
    validate(schema, input);
  } catch (error) {
    if (error instanceof Problem) return error.facts.errors ?? [];
  }
  throw new Error('It was not refused as invalid');
}
