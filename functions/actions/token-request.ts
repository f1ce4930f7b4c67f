import * as z from 'zod';

/** The body of confirmations, withdrawals and erasures: the token of a mailed link. */
export const TokenRequest = z
  .strictObject({ token: z.string().min(1).max(500) })
  .meta({ id: 'TokenRequest' });
