import * as z from 'zod';

/** One field that is wrong: where (JSON pointer, RFC 6901), which rule, and what to do about it. */
export const FieldError = z
  .strictObject({
    pointer: z.string().meta({
      description: 'JSON pointer (RFC 6901) into the body, or into the row of a file',
      example: '/email',
    }),
    code: z.string().meta({ description: 'The rule that it breaks', example: 'invalid-format' }),
    message: z.string().meta({ description: 'What to do about it, in English' }),
    line: z.int().positive().optional().meta({ description: 'Of a file: the line in which its row begins' }),
    id: z.string().optional().meta({ description: 'Of a file: the id in this row' }),
  })
  .meta({ id: 'FieldError' });
export type FieldError = z.output<typeof FieldError>;

/** RFC 9457: what every error of our functions looks like. */
export const ProblemDocument = z
  .strictObject({
    type: z.string().meta({
      description: 'The kind of problem',
      pattern: '^urn:groundswell:problem:[a-z-]+$',
      example: 'urn:groundswell:problem:invalid-fields',
    }),
    title: z.string(),
    status: z.int().meta({ example: 422 }),
    detail: z.string().meta({ description: 'What to do, in English' }),
    errors: z.array(FieldError).optional().meta({
      description:
        'Every field that is wrong, up to 100 (of a file: 1,000), when the kind is `invalid-fields`',
    }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });
export type ProblemDocument = z.output<typeof ProblemDocument>;

/** What API Gateway itself answers, before any function of ours is asked. */
export const GatewayMessage = z.object({ message: z.string() }).meta({ id: 'GatewayMessage' });
