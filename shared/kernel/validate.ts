import type * as z from 'zod';
import { type FieldError, Problem } from './problem.ts';

/** Parses input by its schema, or throws the `invalid-fields` problem that names every wrong field. */
export function validate<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw invalidFields(result.error.issues.flatMap(toFieldErrors));
}

export function invalidFields(errors: FieldError[]): Problem {
  return new Problem('invalid-fields', 'Some fields are not valid; each is named in errors.', { errors });
}

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: toPointer(issue.path), code: codeOf(issue), message: issue.message }];
  }
  return issue.keys.map((key) => ({
    pointer: toPointer([...issue.path, key]),
    code: 'unknown-field',
    message: 'This field is not known; leave it out.',
  }));
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_type' && issue.input === undefined) return 'required';
  const own = issue.code === 'custom' ? issue.params?.['code'] : undefined;
  return typeof own === 'string' ? own : issue.code.replaceAll('_', '-');
}

/** RFC 6901: `~` and `/` inside a segment are escaped. */
function toPointer(path: PropertyKey[]): string {
  return path.map((segment) => `/${String(segment).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
