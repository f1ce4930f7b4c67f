import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { parseMinorUnits } from '../../shared/kernel/minor-units.ts';

vi.stubGlobal('CURRENCIES', 'EURJPY0KWD3');
const { currencies, toMajorText } = await import('../../web/widget/money.ts');

describe('an amount that a page fills in', () => {
  it('is shown as somebody would type it', () => {
    expect([toMajorText(2_550, 2), toMajorText(5, 2), toMajorText(1_000, 0), toMajorText(12, 3)]).toEqual([
      '25.50',
      '0.05',
      '1000',
      '0.012',
    ]);
  });

  it('is the same amount when it is read again', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 2, 3, 4), (amount, digits) => {
        expect(parseMinorUnits(toMajorText(amount, digits), digits)).toBe(amount);
      }),
    );
  });

  it('has two digits unless its currency has others', () => {
    expect(currencies).toEqual({ EUR: 2, JPY: 0, KWD: 3 });
  });
});
