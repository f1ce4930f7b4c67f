import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { fromActionForm, PledgeRequest, SignatureRequest } from '../../functions/actions/action-request.ts';
import { FulfilmentRequest } from '../../functions/actions/fulfil-pledges.ts';
import { InvalidationRequest } from '../../functions/actions/invalidate-actions.ts';
import { TokenRequest } from '../../functions/actions/token-request.ts';
import { fromForm } from '../../shared/http/form.ts';
import { ProblemDocument } from '../../shared/http/problem-document.ts';
import { type FieldError, Problem, toProblemDocument } from '../../shared/kernel/problem.ts';
import { validate } from '../../shared/kernel/validate.ts';
import { aPledge, aSignature } from '../support/a-person.ts';

const anAction = 'mental-health-for-all~pledge~0aXk';
const requests: Array<[string, z.ZodType, Record<string, unknown>]> = [
  ['a signature', SignatureRequest, aSignature()],
  ['a pledge', PledgeRequest, aPledge()],
  ['a token', TokenRequest, { token: 'k1.confirm.x' }],
  ['an invalidation', InvalidationRequest, { actions: [anAction, 'b'], reason: 'test' }],
  ['a fulfilment', FulfilmentRequest, { fulfilments: [{ action: anAction, amount: 2_500 }] }],
];
const dangerous = fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString', 'a/b', '~1', '');
const anyJson = fc.jsonValue({ maxDepth: 4 });

/** A body of the right kind in which some fields were replaced, removed or added, also within its groups and lists. */
function nearly(body: Record<string, unknown>): fc.Arbitrary<unknown> {
  const names = fc.oneof(fc.constantFrom(...Object.keys(body)), dangerous, fc.string());
  const group = fc.dictionary(
    fc.oneof(fc.constantFrom('id', 'version', 'granted', 'type', 'name', 'action', 'amount'), dangerous),
    anyJson,
  );
  const value = fc.oneof(anyJson, group, fc.array(group), fc.constant(undefined));
  return fc
    .array(fc.tuple(names, value), { maxLength: 4 })
    .map((changes) => changes.reduce((changed, [name, value]) => withField(changed, name, value), body))
    .map((changed) => JSON.parse(JSON.stringify(changed)) as unknown);
}

describe.each(requests)('whatever is sent as %s', (_, schema, body) => {
  const sent = fc.oneof(anyJson, nearly(body));

  test('is taken, or refused by its fields', () => {
    const untouched = namesOfPrototypes();
    fc.assert(
      fc.property(sent, (value) => {
        for (const { pointer, code, message } of errorsOf(schema, value)) {
          expect(pointer).toMatch(/^(?:\/(?:[^~/]|~[01])*)*$/);
          expect(resolves(value, pointer, code), `${pointer} ${code} in ${JSON.stringify(value)}`).toBe(true);
          expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
          expect(message).not.toBe('');
        }
        expect(namesOfPrototypes()).toEqual(untouched);
      }),
      { numRuns: 500 },
    );
  });

  test('and taken, says again the same', () => {
    fc.assert(
      fc.property(nearly(body), (value) => {
        const first = schema.safeParse(value);
        if (first.success) expect(schema.parse(JSON.parse(JSON.stringify(first.data)))).toEqual(first.data);
      }),
      { numRuns: 200 },
    );
  });
});

test('whatever form is posted is taken, or refused by its fields', () => {
  const key = fc.oneof(
    fc.constantFrom('consents', '0', 'id', 'majorAmount', 'currency', 'pledger', 'type'),
    dangerous,
    fc.string(),
  );
  const name = fc
    .tuple(key, fc.array(key, { maxLength: 4 }))
    .map(([first, rest]) => `${first}${rest.map((part) => `[${part}]`).join('')}`);
  const value = fc.oneof(fc.string(), fc.array(fc.string()), fc.constantFrom('25', 'EUR', '1.000'));
  const untouched = namesOfPrototypes();
  fc.assert(
    fc.property(fc.array(fc.tuple(name, value)), (fields) => {
      const form = fields.reduce(
        (posted, [field, text]) => withField(posted, field, text),
        Object.create(null),
      );
      errorsOf(PledgeRequest, fromActionForm(fromForm(form)));
      expect(namesOfPrototypes()).toEqual(untouched);
    }),
    { numRuns: 500 },
  );
});

/** The errors, when it is refused as it may be: by an `invalid-fields` problem whose document is one. */
function errorsOf(schema: z.ZodType, value: unknown): FieldError[] {
  try {
    validate(schema, value);
    return [];
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    const document = ProblemDocument.parse(toProblemDocument(problem));
    expect(document.type).toBe('urn:groundswell:problem:invalid-fields');
    expect(document.errors?.length).toBeGreaterThan(0);
    return document.errors ?? [];
  }
}

/** Does the pointer lead to what was sent; to where it is missing, when it is required. */
function resolves(value: unknown, pointer: string, code: string): boolean {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = keys.at(-1);
  const parent = keys.slice(0, -1).reduce<unknown>((node, key) => childOf(node, key), value);
  if (last === undefined) return true;
  if (typeof parent !== 'object' || parent === null) return false;
  return code === 'required' || Object.hasOwn(parent, last);
}

function childOf(node: unknown, key: string): unknown {
  return typeof node === 'object' && node !== null && Object.hasOwn(node, key)
    ? (node as Record<string, unknown>)[key]
    : undefined;
}

/** The object with one more own field, also when it is named `__proto__`. */
function withField(object: Record<string, unknown>, name: string, value: unknown): Record<string, unknown> {
  return Object.defineProperty({ ...object }, name, {
    value,
    enumerable: true,
    writable: true,
    configurable: true,
  });
}

function namesOfPrototypes(): string[][] {
  return [Object.prototype, Array.prototype, Function.prototype].map((one) =>
    Object.getOwnPropertyNames(one),
  );
}
