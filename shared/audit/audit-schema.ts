import * as z from 'zod';
import { plainText } from '../kernel/plain-text.ts';

/** Who changed something: the subject of their ID token, and the address that the issuer has verified. */
export const Author = z.strictObject({ subject: z.string(), email: z.string() });
export type Author = z.output<typeof Author>;

/** Why something is changed, in the campaigner's words: it stands in the log. */
export const Reason = plainText(500, { lines: true }).meta({
  description: 'Why, for the log',
  example: 'Agreed at the meeting of 3 November',
});

/** Of a change without a body, or whose body is a file. */
export const ReasonQuery = z.object({ reason: Reason.optional() });

/** What differs, by field; `before` is not there for what is new, `after` not for what is gone. */
export const Changes = z.record(
  z.string(),
  z.strictObject({ before: z.unknown().optional(), after: z.unknown().optional() }),
);
export type Changes = z.output<typeof Changes>;
