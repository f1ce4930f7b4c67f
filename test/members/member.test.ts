import { describe, expect, test } from 'vitest';
import {
  type Member,
  may,
  mayInNetwork,
  type NetworkVerb,
  type Role,
  roles,
  type Verb,
} from '../../functions/members/member.ts';

const member = (role: Role, organisation = 'demo-network'): Member => ({
  email: 'somebody@example.org',
  organisation,
  role,
});

const allowed: Record<Verb, Role[]> = {
  readLetters: ['viewer', 'reviewer', 'organiser', 'owner', 'secretariat'],
  readActions: ['viewer', 'reviewer', 'organiser', 'owner', 'secretariat'],
  readSelection: ['viewer', 'reviewer', 'organiser', 'owner', 'secretariat'],
  selectTargets: ['organiser', 'owner', 'secretariat'],
  writeLetterTexts: ['organiser', 'owner', 'secretariat'],
  invalidateActions: ['organiser', 'owner', 'secretariat'],
  fulfilPledges: ['organiser', 'owner', 'secretariat'],
  recount: ['organiser', 'owner', 'secretariat'],
};

test.each(Object.entries(allowed))('%s is for %j, and the other roles are too low', (verb, allowedRoles) => {
  const answers = roles.map((role) => may([member(role)], verb as Verb, 'demo-network'));
  expect(answers).toEqual(roles.map((role) => (allowedRoles.includes(role) ? 'granted' : 'role-too-low')));
});

const allowedInNetwork: Record<NetworkVerb, Role[]> = {
  readTargets: ['organiser', 'owner', 'secretariat'],
  importTargets: ['secretariat'],
};

test.each(Object.entries(allowedInNetwork))(
  '%s is for %j of any organisation, and the other roles are too low',
  (verb, allowedRoles) => {
    const answers = roles.map((role) => mayInNetwork([member(role, 'any-org')], verb as NetworkVerb));
    expect(answers).toEqual(roles.map((role) => (allowedRoles.includes(role) ? 'granted' : 'role-too-low')));
  },
);

describe('a member', () => {
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
    expect(mayInNetwork(memberships, 'readTargets')).toBe('granted');
  });

  test('of nothing is a stranger everywhere', () => {
    expect(may([], 'readLetters', 'demo-network')).toBe('stranger');
    expect(mayInNetwork([], 'readTargets')).toBe('stranger');
  });
});
