import type { Member, Role } from '../../functions/members/member.ts';
import type { Database } from './a-database.ts';

/** A member by the name in their address: `owner` is `owner@example.org`, and has the id `id-of-owner`. */
export function aMember(name: string, role: Role, organisation = 'demo-network'): Member {
  return {
    ...{ id: `id-of-${name}`, email: `${name}@example.org`, organisation, role },
    since: '2026-01-01T00:00:00.000Z',
    version: 1,
  };
}

/** The table of members, with its index. */
export async function createMembers(database: Database): Promise<void> {
  const index = { name: 'byEmail', keys: ['email', 'organisation'] };
  await database.createTable('Members', ['organisation', 'sk'], { index });
}

/** Puts members as they are stored. */
export async function putMembers(database: Database, members: Member[]): Promise<void> {
  for (const member of members) await database.put('Members', { ...member, sk: `member#${member.id}` });
}
