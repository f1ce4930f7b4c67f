import * as z from 'zod';

/** Roles from least to most: each may do what those before it may. */
export const roles = ['viewer', 'reviewer', 'organiser', 'owner', 'secretariat'] as const;
export const Role = z.enum(roles);
export type Role = z.output<typeof Role>;

/** A person's role in one organisation. Somebody who leaves and comes back is another member of it. */
export const Member = z.object({
  /** Random, so that an address of the API tells nobody's. */
  id: z.string(),
  organisation: z.string(),
  /** In lower case; one member of an organisation has it. */
  email: z.email(),
  role: Role,
  since: z.iso.datetime(),
  /** Counts the changes. */
  version: z.int().positive(),
});
export type Member = z.output<typeof Member>;

/** What a decision needs to know of a member. */
export type Membership = Pick<Member, 'organisation' | 'role'>;

/** What something is done to: the network, an organisation of it, or a campaign with those who have a part in it. */
export type Thing =
  | { of: 'network' }
  | { of: 'organisation'; organisation: string }
  | {
      of: 'campaign';
      owner: string;
      /** Organisations that have accepted to be partners. */
      partners: string[];
      /** Owner of the root campaign, when this is a chapter. */
      rootOwner?: string | undefined;
    };

interface Rule {
  of: Thing['of'];
  /** The least role that may, in the organisation that the thing is of; of the network, in any organisation. */
  from: Role;
  /** The least role that may in a partner organisation of the campaign; none may where there is none. */
  partner?: Role;
  /** The least role that may in the organisation whose campaign this one is a chapter of. */
  root?: Role;
  /** Not the secretariat's of another organisation either: supporters have granted it to this one. */
  ownOnly?: boolean;
  /** What it is, for people. */
  means: string;
}

type RuleOf<T extends Thing['of']> = Rule & { of: T };
const campaign = (
  from: Role,
  means: string,
  others: Pick<Rule, 'partner' | 'root'> = {},
): RuleOf<'campaign'> => ({ of: 'campaign', from, ...others, means });
const organisation = (from: Role, means: string): RuleOf<'organisation'> => ({
  of: 'organisation',
  from,
  means,
});
const network = (from: Role, means: string): RuleOf<'network'> => ({ of: 'network', from, means });
const ownOnly = <R extends Rule>(rule: R): R => ({ ...rule, ownOnly: true });

/** What can be done, and who may: every decision is made by this table, and docs/permissions.md prints it. */
export const verbs = {
  readCampaign: campaign('viewer', 'read its settings, its problems and whom it resembles', {
    partner: 'viewer',
    root: 'viewer',
  }),
  editCampaign: campaign('organiser', 'change its settings, texts and consents, and add notes'),
  runCampaign: campaign('organiser', 'publish, pause, resume, close and archive it'),
  addChapter: campaign('organiser', 'begin a chapter of it', { partner: 'organiser' }),
  invitePartners: campaign('organiser', 'invite organisations to be partners, and end a partnership'),
  readLog: campaign('organiser', 'read who changed what', { root: 'organiser' }),
  readLetters: campaign('viewer', 'read its letters, their states and PDFs'),
  approveLetters: campaign('reviewer', 'approve letters, which are sent then'),
  runLetters: campaign('organiser', 'retry and cancel letters, and record that they were brought or arrived'),
  writeLetterTexts: campaign('organiser', 'save what it says in its letters'),
  readActions: campaign('viewer', 'list its actions, without personal data', { root: 'viewer' }),
  verifyActions: campaign(
    'organiser',
    'verify pledges and endorsements that wait for it, and give organisations their logos',
  ),
  invalidateActions: campaign('organiser', 'take back what nobody stands behind'),
  fulfilPledges: campaign('organiser', 'record what was paid of pledges'),
  exportSupporters: ownOnly(
    campaign('organiser', 'export the supporters who granted it to the owner: its members alone'),
  ),
  readSelection: campaign('viewer', 'read which offices it is addressed to, without their addresses', {
    partner: 'viewer',
    root: 'viewer',
  }),
  selectTargets: campaign('organiser', 'choose these offices'),
  recount: campaign('organiser', 'have it recounted'),

  readMembers: organisation('viewer', 'see its members'),
  manageMembers: organisation('owner', 'invite and remove its members, and change their roles'),
  editOrganisation: organisation('owner', "change the organisation's name, country and address"),
  readCampaigns: organisation('viewer', 'list its campaigns, drafts and archived ones, too'),
  startCampaign: organisation('organiser', 'begin a campaign of the organisation'),
  actAsPartner: organisation('organiser', 'answer invitations to be a partner'),
  exportGranted: ownOnly(
    organisation('organiser', 'export the supporters who granted it to the organisation: its members alone'),
  ),
  readOrganisationLog: organisation('owner', 'read who changed what in the organisation'),

  readTargets: network('organiser', 'read the registry of targets, addresses included'),
  importTargets: network('secretariat', 'add to the registry, and change it'),
  readOrganisations: network('viewer', 'list the organisations of the network'),
  addOrganisations: network('secretariat', 'add organisations to the network'),
  editMoments: network('secretariat', 'add and change moments that campaigns belong to'),
  readMoments: network('secretariat', 'read all campaigns and chapters of a moment with their joint tally'),
  readNetworkLog: network('secretariat', 'read who changed what in the network'),
} satisfies Record<string, Rule>;
export type Verb = keyof typeof verbs;
type VerbOf<T extends Thing['of']> = {
  [V in Verb]: (typeof verbs)[V]['of'] extends T ? V : never;
}[Verb];
export type CampaignVerb = VerbOf<'campaign'>;
export type OrganisationVerb = VerbOf<'organisation'>;
export type NetworkVerb = VerbOf<'network'>;

export type Permission = 'granted' | 'role-too-low' | 'stranger';

/**
 * May a person with these memberships do this to that? The secretariat may do everything in the network, but for what
 * is for an organisation's own members alone. Who has no part in the thing is a stranger, to whom it is not there.
 */
export function may(memberships: Membership[], verb: Verb, thing: Thing): Permission {
  const rule: Rule = verbs[verb];
  const parts = memberships.flatMap((member) =>
    leastRoles(member, rule, thing).map((least) => ({ member, least })),
  );
  if (parts.length === 0) return 'stranger';
  const isGranted = parts.some(({ member, least }) => least !== undefined && isAtLeast(member.role, least));
  return isGranted ? 'granted' : 'role-too-low';
}

/** For each part that the member's organisation has in the thing, the least role that may; undefined where none may. */
function leastRoles({ organisation, role }: Membership, rule: Rule, thing: Thing): (Role | undefined)[] {
  if (role === 'secretariat' && !rule.ownOnly) return [rule.from];
  const parts = partsOf(organisation, rule, thing);
  return role === 'secretariat' && parts.length === 0 ? [undefined] : parts;
}

function partsOf(organisation: string, rule: Rule, thing: Thing): (Role | undefined)[] {
  if (thing.of === 'network') return [rule.from];
  if (thing.of === 'organisation') return organisation === thing.organisation ? [rule.from] : [];
  return [
    ...(organisation === thing.owner ? [rule.from] : []),
    ...(thing.partners.includes(organisation) ? [rule.partner] : []),
    ...(organisation === thing.rootOwner ? [rule.root] : []),
  ];
}

/** Whether a role may do all that another may. */
export function isAtLeast(role: Role, other: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(other);
}
