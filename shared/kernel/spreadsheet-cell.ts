/**
 * Where a spreadsheet would take what follows for a formula, by signs in ASCII or in the wide forms that some of them fold
 * into it: at the beginning of a cell; and behind a semicolon, a tab or a line's end, for one that divides by semicolons
 * does not know the quotation marks of a file divided by commas. Apostrophes there are looked through, so that what is
 * guarded can be told from what was so from the beginning.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /(^|[;\t\n][\s"]*)('*)(?=[=+\-@\t\r\uff1d\uff0b\uff0d\uff20])/g;

/** A cell that no spreadsheet calculates: an apostrophe goes before what it would. `unguardCell` takes it away again. */
export function guardCell(text: string): string {
  return text.replace(formula, "$1'$2");
}

/** What a cell says. Somebody who typed `+41 22 …` without an apostrophe is understood, too. */
export function unguardCell(cell: string): string {
  return cell.replace(
    formula,
    (_found, before: string, apostrophes: string) => before + apostrophes.slice(1),
  );
}
