/** Codes of ISO 4217 that the API takes, each with the digits of its minor unit if they are not two. */
declare const CURRENCIES: string;

/** Decimal digits of the minor unit by currency, by ISO 4217; the browser's Intl differs for some. */
export const currencies: Record<string, number> = {};
const list: string = CURRENCIES;
for (const [, code = '', digits] of list.matchAll(/([A-Z]{3})(\d?)/g)) currencies[code] = Number(digits || 2);

/** Minor units as one would type them: 2550 with two digits is "25.50". */
export function toMajorText(amount: number, digits: number): string {
  const text = `${amount}`.padStart(digits + 1, '0');
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}
