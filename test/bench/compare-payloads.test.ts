import { describe, expect, test } from 'vitest';
import { expected, payload } from '../../bench/compare/payloads.ts';
import { SignatureRequest } from '../../functions/actions/action-request.ts';

const sent = Array.from({ length: 2_000 }, (_, at) => payload(at));

describe('the signatures that the contenders are sent', () => {
  test('are the same at every call', () => {
    expect(Array.from(sent, (_, at) => payload(at))).toEqual(sent);
  });

  test('are accepted and stored as often as is expected of each contender', () => {
    const valid = sent
      .map((body) => SignatureRequest.safeParse(JSON.parse(body)))
      .filter(({ success }) => success);
    const people = new Set(valid.map(({ data }) => data?.email));
    expect({ accepted: valid.length, signatures: people.size }).toEqual(expected(sent.length));
  });

  test('are one in a hundred invalid, and five in a hundred repeated', () => {
    const { accepted, signatures } = expected(2_000);
    expect([accepted, signatures]).toEqual([1_980, 1_880]);
  });

  test('come from more countries than one, as in the real petition', () => {
    const fromUk = sent.filter((body) => JSON.parse(body).country === 'GB').length;
    const countries = new Set(sent.map((body) => JSON.parse(body).country));
    expect(fromUk / sent.length).toBeCloseTo(0.962, 2);
    expect(countries.size).toBeGreaterThan(20);
  });
});
