/** Numbers that take every branch that whole numbers take, in all languages of CLDR: `many` of French begins at a million. */
const wholeNumbers = [...Array(201).keys(), 1_000, 2_000, 10_000, 100_000, 1_000_000, 2_000_000];

export interface Branch {
  /** Some whole number takes it. Czech `many` is for fractions, which nothing in a letter is. */
  needed: boolean;
  /** It stands for more than one number from 1 on, so that only the number itself tells which. */
  several: boolean;
}

const known = new Map<string, Map<string, Branch>>();

/** The branches of a plural in the language (BCP 47), by CLDR's rules for counts (`cardinal`) or places (`ordinal`). */
export function branchesOf(language: string, type: Intl.PluralRuleType = 'cardinal'): Map<string, Branch> {
  const id = `${language} ${type}`;
  const branches = known.get(id) ?? findBranches(new Intl.PluralRules(language, { type }));
  known.set(id, branches);
  return branches;
}

function findBranches(rules: Intl.PluralRules): Map<string, Branch> {
  return new Map(
    rules.resolvedOptions().pluralCategories.map((name) => {
      const numbers = wholeNumbers.filter((number) => rules.select(number) === name);
      // MessageFormat asks for `other` in every language.
      const needed = name === 'other' || numbers.length > 0;
      return [name, { needed, several: numbers.filter((number) => number > 0).length > 1 }];
    }),
  );
}
