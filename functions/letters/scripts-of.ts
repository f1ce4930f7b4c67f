/** The scripts that letters have a font for (`letter-scripts.typ`), by their names in Unicode. */
const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Bengali',
  'Tamil',
  'Thai',
  'Ethiopic',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
].map((name) => ({ name, signs: new RegExp(`\\p{Script=${name}}`, 'u') }));

const foreign = new RegExp(
  `[^\\p{Script=Common}\\p{Script=Inherited}${scripts.map(({ name }) => `\\p{Script=${name}}`).join('')}]`,
  'gu',
);

/** Names the scripts of a text that letters have a font for, and each character of another one. Equal for equal ones. */
export function scriptsOf(text: string): string {
  const known = scripts.filter(({ signs }) => signs.test(text)).map(({ name }) => name);
  return [...known, ...new Set(text.match(foreign))].join(' ');
}
