import { getAction } from './action-store.ts';
import { mayBeOwn } from './own-action.ts';
import {
  type Asking,
  refuseVerification,
  type VerificationRequest,
  type Verified,
} from './verification-request.ts';
import { verifyAction } from './verify-store.ts';

const mostTries = 3;

/**
 * Verifies one action. When something else changes it meanwhile, it is decided again on what it is then, a millisecond
 * later: no two changes of an item share a time.
 */
export async function recordVerification(
  campaign: Asking,
  id: string,
  seen: Pick<VerificationRequest, 'unchangedSince'>,
  now: number,
): Promise<Verified> {
  for (let tries = 0; tries < mostTries; tries++) {
    const action = mayBeOwn(campaign, id) ? await getAction(id) : undefined;
    if (!action) return 'unknown';
    const refusal = refuseVerification(campaign, action, seen);
    if (refusal) return refusal;
    if (await verifyAction(action, now + tries)) return 'verified';
  }
  throw new Error('An action was changed by others each time that it was to be verified.');
}
