import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';

/** What is asked of a letter by its address; the body says why. */
export const StepRequest = z.strictObject({ reason: Reason.optional() }).meta({ id: 'LetterStepRequest' });

export const RetryRequest = StepRequest.extend({
  maySendTwice: z
    .boolean()
    .optional()
    .describe('Of an `unknown` letter: that it is to be sent, though it may have arrived already'),
}).meta({ id: 'LetterRetryRequest' });
export type RetryRequest = z.output<typeof RetryRequest>;
