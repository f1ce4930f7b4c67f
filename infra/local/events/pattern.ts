/** Event patterns as EventBridge rules and Lambda's filter criteria write them. */

import type { Json } from '../contract.ts';

export type Matches = (value: unknown) => boolean;

/** Turns a pattern into a test of events. Throws for a matcher it does not know. */
export function compilePattern(pattern: Json): Matches {
  const tests = Object.entries<Json>(pattern).map(([key, inner]) => {
    if (key === '$or') return anyOf(inner.map(compilePattern));
    const matches = Array.isArray(inner) ? compileLeaf(inner) : compileNested(inner);
    return (event: Json) => matches(Object(event)[key]);
  });
  return (event) => tests.every((test) => test(event));
}

/** Compiles an event source mapping's FilterCriteria: one of its patterns must match; without any, everything does. */
export function compileFilters(criteria: Json): Matches {
  const filters: Json[] = criteria?.Filters ?? [];
  if (filters.length === 0) return () => true;
  return anyOf(filters.map(({ Pattern }) => compilePattern(JSON.parse(Pattern))));
}

function anyOf(tests: Matches[]): Matches {
  return (value) => tests.some((test) => test(value));
}

/** An array in an event matches where one of its elements does. */
function ofAnyElement(test: Matches): Matches {
  return (value) => (Array.isArray(value) && value.length > 0 ? value.some(test) : test(value));
}

function compileNested(pattern: Json): Matches {
  if (typeof pattern !== 'object' || pattern === null)
    throw new Error(`A pattern's values are arrays: ${pattern}`);
  return ofAnyElement(compilePattern(pattern));
}

function compileLeaf(alternatives: Json[]): Matches {
  return ofAnyElement(anyOf(alternatives.map(compileMatcher)));
}

function compileMatcher(matcher: Json): Matches {
  if (typeof matcher !== 'object' || matcher === null) return (value) => value === matcher;
  const [name = '', ...others] = Object.keys(matcher);
  const compile = MATCHERS[name];
  if (!compile || others.length > 0)
    throw new Error(`Unknown matcher in a pattern: ${JSON.stringify(matcher)}`);
  return compile(matcher[name]);
}

const MATCHERS: Record<string, (argument: Json) => Matches> = {
  prefix: (text) => ofText((value) => value.startsWith(text)),
  suffix: (text) => ofText((value) => value.endsWith(text)),
  'anything-but': compileAnythingBut,
  numeric: compileNumeric,
  exists: (wanted) => (value) => (value !== undefined && !isNested(value)) === wanted,
};

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function ofText(test: (value: string) => boolean): Matches {
  return (value) => typeof value === 'string' && test(value);
}

/** The field must be there. Its argument is a value, a list, or one matcher of a value or a list. */
function compileAnythingBut(argument: Json): Matches {
  const matchers = isNested(argument)
    ? Object.entries<Json>(argument).flatMap(([name, texts]) =>
        [texts].flat().map((text) => ({ [name]: text })),
      )
    : [argument].flat();
  const excluded = anyOf(matchers.map(compileMatcher));
  return (value) => value !== undefined && !excluded(value);
}

const COMPARISONS: Record<string, (value: number, bound: number) => boolean> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

function compileNumeric(argument: Json[]): Matches {
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < argument.length; index += 2) {
    const compare = COMPARISONS[argument[index]];
    if (!compare) throw new Error(`Unknown comparison in a pattern: ${argument[index]}`);
    const bound = Number(argument[index + 1]);
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}
