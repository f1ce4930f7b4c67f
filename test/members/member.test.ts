import { describe, expect, test } from 'vitest';
import { type Member, may, type Role, roles } from '../../functions/members/member.ts';

const member = (role: Role, organisation = 'demo-network'): Member => ({
  email: 'somebody@example.org',
  organisation,
  role,
});

describe('a member', () => {
  test.each(roles)('who is %s may read the letters of the own organisation', (role) => {
    expect(may([member(role)], 'readLetters', 'demo-network')).toBe('granted');
  });

  test.each(roles.filter((role) => role !== 'secretariat'))(
    'who is %s elsewhere is a stranger here',
    (role) => {
      expect(may([member(role, 'other-org')], 'readLetters', 'demo-network')).toBe('stranger');
    },
  );

  test('of the secretariat reads what is all over the network', () => {
    expect(may([member('secretariat', 'secretariat')], 'readLetters', 'demo-network')).toBe('granted');
  });

  test('of several organisations is asked for the right one', () => {
    const memberships = [member('owner', 'other-org'), member('viewer')];
    expect(may(memberships, 'readLetters', 'demo-network')).toBe('granted');
    expect(may(memberships, 'readLetters', 'third-org')).toBe('stranger');
  });

  test('of nothing is a stranger everywhere', () => {
    expect(may([], 'readLetters', 'demo-network')).toBe('stranger');
  });
});
