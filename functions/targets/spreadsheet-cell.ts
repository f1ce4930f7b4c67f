/**
 * What a spreadsheet would take for a formula, in ASCII or in the wide forms that some of them fold into it; and the same
 * behind apostrophes, so that what is guarded can be told from what was so from the beginning.
 * https://owasp.org/www-community/attacks/CSV_Injection
 */
const formula = /^'*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** A cell that no spreadsheet calculates: an apostrophe goes before what it would. `unguardCell` takes it away again. */
export function guardCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** What a cell says. Somebody who typed `+41 22 …` without an apostrophe is understood, too. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
