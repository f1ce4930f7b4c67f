import type { Author } from '../../shared/audit/audit-schema.ts';
import { authorOf, readMembershipsNow } from './read.ts';
import type { Actor } from './roster.ts';

/**
 * Who is about to change the members of an organisation, as they are in the log and in decisions: by what they are a member of
 * now, so that nobody who was removed a moment ago gives others a role that stays.
 */
export async function actorOf(
  claims: Record<string, unknown>,
  now: number,
): Promise<{ by: Author; actor: Actor }> {
  const by = authorOf(claims);
  return { by, actor: { email: by.email, memberships: await readMembershipsNow(claims, now) } };
}
