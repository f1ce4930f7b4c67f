/**
 * "25", "25.5" or "25,50" as typed, in Latin, Arabic, Persian or Devanagari digits, to minor units; undefined when it is no
 * such number, or has more decimals than the currency has digits. By text, so that no binary fraction rounds it.
 */
export function parseMinorUnits(typed: string, digits: number): number | undefined {
  const [, whole, fraction = ''] = /^(\d{1,13})(?:[.,٫](\d+))?$/.exec(toLatin(typed.trim())) ?? [];
  return whole && fraction.length <= digits ? Number(whole + fraction.padEnd(digits, '0')) : undefined;
}

/** The zeros are at U+0660, U+06F0 and U+0966; full-width digits (of Chinese keyboards) are made Latin by NFKC. */
function toLatin(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹०-९]/g, (digit) => `${(digit.charCodeAt(0) - (digit < '०' ? 0 : 6)) & 15}`);
}
