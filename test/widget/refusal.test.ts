import { describe, expect, test } from 'vitest';
import { isAt } from '../../web/widget/refusal.ts';

describe('the field that a JSON pointer of the server means', () => {
  const fields = [
    'suggested',
    'amount',
    'currency',
    'pledger-type',
    'pledger-name',
    'condition',
    'email',
    'consents-0',
    'consents-1',
  ];

  test.each([
    ['/email', 'email'],
    ['/amount', 'amount'],
    ['/pledger/name', 'pledger-name'],
    ['/pledger', 'pledger-type'],
    ['/condition/atLeast', 'condition'],
    ['/consents/1/granted', 'consents-1'],
    ['/consents/1', 'consents-1'],
    ['/consents', 'consents-0'],
    ['/note', undefined],
    ['/emails', undefined],
    ['/e', undefined],
  ])('%s: %s', (pointer, field) => {
    expect(fields.find((name) => isAt(pointer, name))).toBe(field);
  });
});
