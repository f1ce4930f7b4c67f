import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyList, exponentOf } from '../../shared/kernel/iso.ts';
import { formatMoney, toMinorUnits } from '../../shared/kernel/money.ts';

const anAmount = fc.integer({ min: 1, max: 1_000_000_000_000 });

describe('money', () => {
  test.each([
    [2_500, 'EUR', 'en', '€25.00'],
    [3_000, 'JPY', 'en', '¥3,000'],
    [12_345, 'KWD', 'en', 'KWD\u00a012.345'],
    [5, 'EUR', 'en', '€0.05'],
    [100_000_000_000_001, 'EUR', 'en', '€1,000,000,000,000.01'],
    [2_500, 'EUR', 'fr', '25,00\u00a0€'],
    [50_000, 'KES', 'en', 'KES\u00a0500.00'],
    [2_500, 'HUF', 'en', 'HUF\u00a025.00'],
  ])('%d of %s reads in %s as %s', (amount, currency, language, text) => {
    expect(formatMoney(amount, currency, language)).toBe(text);
  });

  test.each([
    ['25', 'EUR', 2_500],
    ['25.5', 'EUR', 2_550],
    ['25,50', 'EUR', 2_550],
    [' 0.05 ', 'EUR', 5],
    ['3000', 'JPY', 3_000],
    ['12.345', 'KWD', 12_345],
    ['٢٥٫٥', 'EUR', 2_550],
  ])('typed as "%s" in %s is %d', (typed, currency, amount) => {
    expect(toMinorUnits(typed, currency)).toBe(amount);
  });

  test.each([
    ['25.505', 'EUR'],
    ['3000.5', 'JPY'],
    ['1,000', 'JPY'],
    ['1.000,00', 'EUR'],
    ['25.', 'EUR'],
    ['.5', 'EUR'],
    ['-5', 'EUR'],
    ['1e3', 'EUR'],
    ['twenty', 'EUR'],
    ['', 'EUR'],
  ])('typed as "%s" in %s is no amount', (typed, currency) => {
    expect(toMinorUnits(typed, currency)).toBeUndefined();
  });

  test('goes from minor units to what people type and back, in every currency', () => {
    fc.assert(
      fc.property(anAmount, fc.constantFrom(...currencyList), (amount, currency) => {
        const digits = exponentOf(currency);
        const text = String(amount).padStart(digits + 1, '0');
        const typed = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
        expect(toMinorUnits(typed, currency)).toBe(amount);
      }),
    );
  });

  test('reads as all of its digits, whatever the currency', () => {
    fc.assert(
      fc.property(anAmount, fc.constantFrom(...currencyList), (amount, currency) => {
        // A symbol may hold a dot or a digit, never before the number's own.
        const digits = formatMoney(amount, currency, 'en')
          .replace(/^[^\d]*/, '')
          .replace(/\D/g, '');
        expect(Number(digits)).toBe(amount);
      }),
    );
  });
});
