import { fulfilPledge, getAction } from './action-store.ts';
import { type Fulfilled, refuseFulfilment } from './fulfil-pledges.ts';
import { mayBeOwn, type Owner } from './own-action.ts';

const mostTries = 3;

/**
 * Records what was paid of one pledge. When something else changes the pledge meanwhile, it is decided again on what it
 * is then, a millisecond later: no two changes of an item share a time.
 */
export async function recordFulfilment(
  campaign: Owner,
  { action: id, amount }: { action: string; amount: number },
  now: number,
): Promise<Fulfilled> {
  let action = mayBeOwn(campaign, id) ? await getAction(id) : undefined;
  for (let tries = 0; action && tries < mostTries; tries++) {
    const refusal = refuseFulfilment(campaign, action, amount);
    if (refusal) return refusal;
    const change = await fulfilPledge(action, amount, now + tries);
    if (change.done) return 'recorded';
    action = change.action;
  }
  if (action) throw new Error('A pledge was changed by others each time that it was to be written.');
  return 'unknown';
}
