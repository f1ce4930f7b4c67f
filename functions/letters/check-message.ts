import {
  isArgumentElement,
  isDateElement,
  isLiteralElement,
  isNumberElement,
  isPluralElement,
  isPoundElement,
  isSelectElement,
  isTimeElement,
  type MessageFormatElement,
} from '@formatjs/icu-messageformat-parser';
import { type MessageKey, requiredOf, type Variable, variables, variablesOf } from './letter-messages.ts';
import { branchesOf } from './plural-branches.ts';
import { allParts, nameOf, placeOf, readMessage, sourceOf } from './read-message.ts';

/** Why a message would not be said as its author means it, and what to do about it. */
interface Fault {
  code: string;
  message: string;
}

/** A message of a letter in ICU MessageFormat, or without a key one of its asks. */
interface Said {
  words: string;
  language: string;
  key?: MessageKey;
}

/** All that is wrong with a message, with its place. Without a fault it can be formatted with any values of its variables. */
export function checkMessage(said: Said): Fault[] {
  const parts = readMessage(said.words);
  if ('why' in parts)
    return [{ code: 'message-syntax', message: placeOf(parts.location, said.words) + parts.why }];
  return [...allParts(parts).flatMap((part) => checkPart(part, said)), ...findUnsaid(parts, said)];
}

/** Advice to whoever broke the rule. */
type Rule = (part: MessageFormatElement, said: Said) => string | undefined;

const rules: Record<string, Rule> = {
  'unknown-variable': (part, { key }) => {
    const name = nameOf(part);
    const known = variablesOf(key);
    if (name === undefined || known.some((one) => one === name)) return;
    const why = isVariable(name) ? 'is for other messages' : 'is not known';
    return `{${name}} ${why}; there are ${known.join(', ')}.`;
  },

  'wrong-kind': (part) => {
    const name = nameOf(part);
    if (name === undefined || !isVariable(name)) return;
    if (variables[name] === 'number' && isArgumentElement(part))
      return `{${name}} is a number; write {${name}, number} or a plural, which give it the language’s own digits.`;
    if (variables[name] === 'text' && (isNumberElement(part) || isPluralElement(part)))
      return `{${name}} is text and has no number; write {${name}}.`;
  },

  'not-offered': (part) => {
    if (isDateElement(part) || isTimeElement(part))
      return `Dates are written out already; write {${part.value}}.`;
    if (isSelectElement(part)) return 'No variable is there to select by; leave select out.';
    if (isNumberElement(part) && part.style)
      return `Counts are printed whole; write {${part.value}, number}.`;
    if (isPluralElement(part) && part.offset !== 0) return 'Leave offset out; with it # is not the count.';
  },

  'missing-branch': (part, { language }) => {
    if (!isPluralElement(part)) return;
    const needed = [...branchesOf(language, part.pluralType)].flatMap(([name, is]) =>
      is.needed ? name : [],
    );
    const missing = needed.filter((name) => !Object.hasOwn(part.options, name));
    if (missing.length > 0) return `Add ${missing.join(', ')}; ${language} needs ${needed.join(', ')}.`;
  },

  'unknown-branch': (part, { language }) => {
    if (!isPluralElement(part)) return;
    const known = [...branchesOf(language, part.pluralType).keys()];
    const useless = Object.keys(part.options).filter((name) => !known.includes(name) && !isExact(name));
    if (useless.length > 0)
      return `No number is ${useless.join(', ')} in ${language}; there are ${known.join(', ')}, and =0, =1 and so on.`;
  },

  'quoted-words': (part, { words }) => {
    if (isQuoted(part, words))
      return "An apostrophe (') before {, }, <, > or # makes plain text of what follows; write ’ instead.";
  },

  'stray-brace': (part, { words }) => {
    if (isLiteralElement(part) && part.value.includes('}') && !isQuoted(part, words))
      return 'There is a } without its {.';
  },
};

function checkPart(part: MessageFormatElement, said: Said): Fault[] {
  return Object.entries(rules).flatMap(([code, rule]) => {
    const advice = rule(part, said);
    return advice ? [{ code, message: placeOf(part.location, said.words) + advice }] : [];
  });
}

function findUnsaid(parts: MessageFormatElement[], { key, language }: Said): Fault[] {
  return requiredOf(key)
    .filter((name) => !says(parts, name, language))
    .map((name) => ({ code: 'missing-variable', message: `Say {${name}}, in every branch of a plural.` }));
}

/** Whether every way through the plurals says the variable. `one {a person}` says the count; `other {people}` does not. */
function says(parts: MessageFormatElement[], name: Variable, language: string, counted?: string): boolean {
  return parts.some((part) => {
    if (isPoundElement(part)) return counted === name;
    if (!isPluralElement(part)) return nameOf(part) === name;
    const branches = branchesOf(language, part.pluralType);
    const isTold = (branch: string) => part.value === name && !branches.get(branch)?.several;
    return Object.entries(part.options).every(
      ([branch, { value }]) => isTold(branch) || says(value, name, language, part.value),
    );
  });
}

/** ICU's quoting: an apostrophe that is no pair is not in what is said. */
function isQuoted(part: MessageFormatElement, words: string): boolean {
  return isLiteralElement(part) && part.value !== sourceOf(part, words).replaceAll("''", "'");
}

function isVariable(name: string): name is Variable {
  return Object.hasOwn(variables, name);
}

function isExact(branch: string): boolean {
  return /^=(?:0|[1-9]\d*)$/.test(branch);
}
