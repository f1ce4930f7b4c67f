/** Minor units, which may be a string of digits, as money of the language, exact at any size. */
export function exactMoney(
  amount: number | string,
  currency: string,
  digits: number,
  language: string,
  shown = digits,
): string {
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: shown,
    maximumFractionDigits: shown,
  });
  return format.format(`${amount}E-${digits}` as Intl.StringNumericLiteral);
}
