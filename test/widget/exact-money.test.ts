import { describe, expect, it, test } from 'vitest';
import { formatMoney } from '../../shared/kernel/money.ts';
import { exactMoney } from '../../web/live/exact-money.ts';

describe('money in a browser', () => {
  test.each(['en', 'fr', 'ar'])('is written as the server does in %s', (language) => {
    for (const [amount, currency, digits] of [
      [123_456, 'EUR', 2],
      [3_000, 'JPY', 0],
      ['123456789012345678901', 'KWD', 3],
    ] as const)
      expect(exactMoney(amount, currency, digits, language)).toBe(formatMoney(amount, currency, language));
  });

  it('leaves out digits that are nought where that is asked', () => {
    expect(exactMoney(2_500, 'EUR', 2, 'en', 0)).toBe('€25');
  });
});
