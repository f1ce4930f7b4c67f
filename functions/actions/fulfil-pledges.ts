import * as z from 'zod';
import { Reason } from '../../shared/audit/audit-schema.ts';
import type { Action } from './action.ts';
import { ActionId, eachOnce, toBulkAnswer } from './bulk.ts';
import { countedBy } from './count-history.ts';
import { type Owner, toOwnView } from './own-action.ts';

const Fulfilment = z.strictObject({
  action: ActionId,
  amount: z
    .int({ error: 'Give a whole number of minor units, such as 2500 for 25.00 EUR.', abort: true })
    .nonnegative('Give an amount of zero or more.')
    .max(1_000_000_000_000, 'Give at most 10^12 minor units.')
    .describe('Paid so far, all in all, in minor units of the pledge; 0 takes back what was recorded'),
});

export const FulfilmentRequest = z
  .strictObject({
    fulfilments: eachOnce(Fulfilment, ({ action }) => action),
    reason: Reason.optional(),
  })
  .meta({ id: 'FulfilmentRequest' });

const fulfilled = [
  'recorded',
  'unchanged',
  'not-counted',
  'without-money',
  'above-pledge',
  'unknown',
] as const;
export type Fulfilled = (typeof fulfilled)[number];

export const FulfilmentAnswer = toBulkAnswer(
  fulfilled,
  '`unchanged`: this much is recorded already. `not-counted`: the pledge was taken back, or is yet to be verified. `without-money`: it backs the demand, and no money was promised. `above-pledge`: it is more than was promised once. `unknown`: it is no pledge of this campaign. `failed`: try again',
).meta({ id: 'FulfilmentAnswer' });
export type FulfilmentAnswer = z.output<typeof FulfilmentAnswer>;

/**
 * Why the amount is not recorded; undefined when it is to be. Monthly payments add up, so that only what was promised
 * once is a bound: in the sum, more would hide that somebody else's pledge was not kept.
 */
export function refuseFulfilment(campaign: Owner, action: Action, amount: number): Fulfilled | undefined {
  const view = toOwnView(campaign, action);
  if (view?.kind !== 'pledge') return 'unknown';
  if (!view.pledge) return 'not-counted';
  const { fulfilled = 0, interval, amount: promised } = view.pledge;
  if (promised === undefined) return 'without-money';
  if (!countedBy(action)) return 'not-counted';
  if (amount === fulfilled) return 'unchanged';
  return interval === 'once' && amount > promised ? 'above-pledge' : undefined;
}
