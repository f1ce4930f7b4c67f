import { Problem } from '../../shared/kernel/problem.ts';
import { may, type Verb } from './member.ts';
import { listMemberships } from './member-store.ts';

/**
 * Lets a campaigner pass who may do this to a thing of the organisation. Claims are those of the verified ID token.
 * @throws Problem `not-found` to a stranger, so that nothing says what exists; `forbidden` when the role is too low.
 */
export async function requirePermission(
  claims: Record<string, unknown>,
  verb: Verb,
  organisation: string,
): Promise<void> {
  const { email, email_verified: verified } = claims;
  const isKnown = typeof email === 'string' && String(verified) === 'true';
  const permission = may(isKnown ? await listMemberships(email) : [], verb, organisation);
  if (permission === 'stranger') throw new Problem('not-found', 'There is nothing here for you.');
  if (permission === 'role-too-low')
    throw new Problem('forbidden', 'Your role in the organisation does not allow this; ask its owner.');
}
