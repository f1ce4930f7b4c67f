import type * as z from 'zod';

/** Choices that are named; all countries would make a long message. */
const mostChoices = 20;

const types: Record<string, string> = {
  string: 'Give a text.',
  number: 'Give a number.',
  int: 'Give a whole number.',
  boolean: 'Give true or false.',
  array: 'Give a list.',
  object: 'Give an object.',
  record: 'Give an object.',
};
const formats: Record<string, string> = {
  url: 'Give a web address that begins with https://.',
  email: 'Give an address such as name@example.org.',
  datetime: 'Give a time in UTC such as 2026-10-10T00:00:00Z.',
};
const otherForm = 'This is not of the form that is asked for.';

/** What to do about an issue that its schema has no words for; an error map of zod. */
export function messageOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'too_small':
      return bound(issue.inclusive ? 'at least' : 'more than', issue.minimum, issue.origin);
    case 'too_big':
      return bound(issue.inclusive ? 'at most' : 'less than', issue.maximum, issue.origin);
    case 'invalid_value':
      return choices(issue.values);
    case 'invalid_type':
      return types[issue.expected] ?? otherForm;
    case 'invalid_format':
      return formats[issue.format] ?? otherForm;
    default:
      return otherForm;
  }
}

function bound(how: string, count: number | bigint, origin: string): string {
  const unit = count === 1 ? ' character' : ' characters';
  return `Give ${how} ${count}${origin === 'string' ? unit : ''}.`;
}

function choices(values: unknown[]): string {
  if (values.length === 1) return `Give ${values[0]}.`;
  return `Choose one of: ${values.slice(0, mostChoices).join(', ')}${values[mostChoices] ? ', …' : '.'}`;
}
