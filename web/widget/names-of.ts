/** Countries by their names, currencies by their codes with their names, in the order of a language. */
export function namesOf(
  codes: string[],
  type: 'region' | 'currency',
  language: string,
): Array<[string, string]> {
  const names = new Intl.DisplayNames(language, { type });
  return codes
    .map((code): [string, string] => [code, (type === 'region' ? '' : `${code} – `) + names.of(code)])
    .sort(([, a], [, b]) => a.localeCompare(b, language));
}
