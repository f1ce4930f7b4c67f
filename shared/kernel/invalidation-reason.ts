import * as z from 'zod';

/** Why a campaigner takes back what somebody did: a closed list, so that it can be told without naming anyone. */
export const InvalidationReason = z.enum(['automated', 'duplicate', 'impersonation', 'ineligible', 'test']);
export type InvalidationReason = z.output<typeof InvalidationReason>;
