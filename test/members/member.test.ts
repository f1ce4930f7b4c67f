import { describe, expect, test } from 'vitest';
import {
  type CampaignVerb,
  type Membership,
  may,
  type NetworkVerb,
  type OrganisationVerb,
  type Role,
  roles,
  type Thing,
  type Verb,
  verbs,
} from '../../functions/members/member.ts';

const member = (role: Role, organisation = 'own'): Membership => ({ organisation, role });
/** What even the secretariat may not do for others. */
const ownOnly: Verb[] = ['exportSupporters', 'exportGranted'];
const belowSecretariat = roles.filter((role) => role !== 'secretariat');

/** What the organisation of a member is to a campaign. */
const relations: Record<string, Thing & { of: 'campaign' }> = {
  owner: { of: 'campaign', owner: 'own', partners: ['partner'], rootOwner: 'root' },
  partner: { of: 'campaign', owner: 'other', partners: ['first', 'own'], rootOwner: 'root' },
  root: { of: 'campaign', owner: 'other', partners: ['partner'], rootOwner: 'own' },
};

/** The least role that may, in the owner's organisation, in a partner's, in that of the root's owner; nobody by `-`. */
const ofCampaigns: Record<CampaignVerb, [Role, Role | '-', Role | '-']> = {
  readCampaign: ['viewer', 'viewer', 'viewer'],
  editCampaign: ['organiser', '-', '-'],
  runCampaign: ['organiser', '-', '-'],
  addChapter: ['organiser', 'organiser', '-'],
  invitePartners: ['organiser', '-', '-'],
  readLog: ['organiser', '-', 'organiser'],
  readLetters: ['viewer', '-', '-'],
  approveLetters: ['reviewer', '-', '-'],
  runLetters: ['organiser', '-', '-'],
  writeLetterTexts: ['organiser', '-', '-'],
  readActions: ['viewer', '-', 'viewer'],
  verifyActions: ['organiser', '-', '-'],
  invalidateActions: ['organiser', '-', '-'],
  fulfilPledges: ['organiser', '-', '-'],
  exportSupporters: ['organiser', '-', '-'],
  readSelection: ['viewer', 'viewer', 'viewer'],
  selectTargets: ['organiser', '-', '-'],
  recount: ['organiser', '-', '-'],
};
const ofOrganisations: Record<OrganisationVerb, Role> = {
  readMembers: 'viewer',
  manageMembers: 'owner',
  editOrganisation: 'owner',
  readCampaigns: 'viewer',
  startCampaign: 'organiser',
  actAsPartner: 'organiser',
  exportGranted: 'organiser',
  readOrganisationLog: 'owner',
};
const ofNetwork: Record<NetworkVerb, Role> = {
  readTargets: 'organiser',
  importTargets: 'secretariat',
  readOrganisations: 'viewer',
  addOrganisations: 'secretariat',
  editMoments: 'secretariat',
  readMoments: 'secretariat',
  readNetworkLog: 'secretariat',
};

const everyCampaignRule = (Object.keys(ofCampaigns) as CampaignVerb[]).flatMap((verb) =>
  Object.keys(relations).map((relation, at) => [verb, relation, ofCampaigns[verb][at] ?? '-'] as const),
);

describe('to a campaign', () => {
  test.each(everyCampaignRule)('%s, of its %s, may whoever is at least %s', (verb, relation, least) => {
    const answers = belowSecretariat.map((role) => may([member(role)], verb, relations[relation] as Thing));
    expect(answers).toEqual(belowSecretariat.map((role) => expected(role, least)));
  });

  test('nobody may anything who has no part in it, but for the secretariat', () => {
    const thing: Thing = { of: 'campaign', owner: 'other', partners: ['partner'], rootOwner: 'root' };
    for (const verb of verbsOf('campaign')) {
      for (const role of belowSecretariat) expect(may([member(role)], verb, thing)).toBe('stranger');
      expect(may([member('secretariat')], verb, thing)).toBe(
        ownOnly.includes(verb) ? 'role-too-low' : 'granted',
      );
    }
  });

  test('who is of its owner and of a partner may what either may', () => {
    const thing: Thing = { of: 'campaign', owner: 'one', partners: ['two'] };
    const both = [member('viewer', 'one'), member('organiser', 'two')];
    expect(may(both, 'addChapter', thing)).toBe('granted');
    expect(may(both, 'readLetters', thing)).toBe('granted');
    expect(may(both, 'editCampaign', thing)).toBe('role-too-low');
  });
});

describe('to an organisation', () => {
  test.each(Object.entries(ofOrganisations))('%s may whoever is at least %s in it', (verb, least) => {
    const thing: Thing = { of: 'organisation', organisation: 'own' };
    const answers = belowSecretariat.map((role) => may([member(role)], verb as Verb, thing));
    expect(answers).toEqual(belowSecretariat.map((role) => expected(role, least)));
  });

  test('nobody may anything who is of another one, but for the secretariat', () => {
    const thing: Thing = { of: 'organisation', organisation: 'other' };
    for (const verb of verbsOf('organisation')) {
      for (const role of belowSecretariat) expect(may([member(role)], verb, thing)).toBe('stranger');
      expect(may([member('secretariat')], verb, thing)).toBe(
        ownOnly.includes(verb) ? 'role-too-low' : 'granted',
      );
    }
  });
});

test.each([
  ['exportSupporters', { of: 'campaign', owner: 'own', partners: [] }],
  ['exportGranted', { of: 'organisation', organisation: 'own' }],
] satisfies [Verb, Thing][])('the secretariat may %s of what is its own', (verb, thing) => {
  expect(may([member('secretariat', 'own')], verb, thing)).toBe('granted');
});

describe('in the whole network', () => {
  test.each(Object.entries(ofNetwork))('%s may whoever is at least %s anywhere', (verb, least) => {
    const answers = roles.map((role) => may([member(role)], verb as Verb, { of: 'network' }));
    expect(answers).toEqual(roles.map((role) => expected(role, least)));
  });

  test('the highest role of several is what counts', () => {
    const several = [member('viewer', 'one'), member('organiser', 'two')];
    expect(may(several, 'readTargets', { of: 'network' })).toBe('granted');
  });
});

test('who is a member of nothing is a stranger everywhere', () => {
  const things: Thing[] = [
    ...Object.values(relations),
    { of: 'organisation', organisation: 'own' },
    { of: 'network' },
  ];
  for (const thing of things)
    for (const verb of verbsOf(thing.of)) expect(may([], verb, thing)).toBe('stranger');
});

function expected(role: Role, least: Role | '-'): string {
  return least !== '-' && roles.indexOf(role) >= roles.indexOf(least) ? 'granted' : 'role-too-low';
}

function verbsOf(kind: Thing['of']): Verb[] {
  return (Object.keys(verbs) as Verb[]).filter((verb) => verbs[verb].of === kind);
}
