import type * as z from 'zod';
import { messageOf } from './issue-message.ts';
import { type FieldError, Problem } from './problem.ts';

/** More would make a long answer to a short body that is wrong throughout. */
const mostErrors = 100;

/** Parses input by its schema, or throws the `invalid-fields` problem that names every wrong field, up to 100. */
export function validate<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  // With the input in its issues: what is missing is told from what is of the wrong type.
  const result = schema.safeParse(input, { reportInput: true, error: messageOf });
  if (result.success) return result.data;
  throw invalidFields(result.error.issues.flatMap(toFieldErrors).slice(0, mostErrors));
}

export function invalidFields(
  errors: FieldError[],
  detail = 'Some fields are not valid; each is named in errors.',
): Problem {
  return new Problem('invalid-fields', detail, { errors });
}

/** What a caller is told of an issue. The schema has to have parsed with `reportInput`. */
export function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: toPointer([...issue.path, key]),
      code: 'unknown-field',
      message: 'This field is not known; leave it out.',
    }));
  }
  const pointer = toPointer(issue.path);
  if (issue.code === 'invalid_key')
    return issue.issues.flatMap((each) => toFieldErrors({ ...each, path: issue.path }));
  if (issue.code !== 'custom' && issue.input === undefined) {
    return [{ pointer, code: 'required', message: 'Give this field; it is required.' }];
  }
  return [{ pointer, code: codeOf(issue), message: issue.message }];
}

function codeOf(issue: z.core.$ZodIssue): string {
  const own = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return typeof own === 'string' ? own : issue.code.replaceAll('_', '-');
}

/** RFC 6901: `~` and `/` inside a segment are escaped. */
function toPointer(path: PropertyKey[]): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
