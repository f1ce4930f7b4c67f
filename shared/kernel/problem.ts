import type { FieldError, ProblemDocument } from '../http/problem-document.ts';

export type { FieldError };

export interface ProblemFacts {
  errors?: FieldError[];
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  /** Slug of the campaign whose page is the way on. */
  campaign?: string;
}

const statuses = {
  'malformed-body': 400,
  'invalid-token': 400,
  forbidden: 403,
  'not-found': 404,
  'not-acceptable': 406,
  'campaign-not-open': 409,
  conflict: 409,
  'link-expired': 410,
  'ask-changed': 410,
  'precondition-failed': 412,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'invalid-fields': 422,
  'internal-error': 500,
  'not-implemented': 501,
  'try-again-later': 503,
} as const;

export type ProblemCode = keyof typeof statuses;

/**
 * An error that is meant to be shown to the caller (RFC 9457). Any other error becomes `internal-error`
 * with nothing of itself in the answer.
 */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly facts: ProblemFacts;

  constructor(code: ProblemCode, detail: string, facts: ProblemFacts = {}) {
    super(detail);
    this.code = code;
    this.status = statuses[code];
    this.facts = facts;
  }
}

/** The problem document of RFC 9457; `type` names the kind, `detail` says what to do. */
export function toProblemDocument(problem: Problem): ProblemDocument {
  return {
    type: `urn:groundswell:problem:${problem.code}`,
    title: problem.code.replaceAll('-', ' '),
    status: problem.status,
    detail: problem.message,
    ...(problem.facts.errors && { errors: problem.facts.errors }),
  };
}
