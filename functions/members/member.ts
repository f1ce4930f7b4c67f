import * as z from 'zod';

/** Roles from least to most: each may do what those before it may. */
export const roles = ['viewer', 'reviewer', 'organiser', 'owner', 'secretariat'] as const;
export const Role = z.enum(roles);
export type Role = z.output<typeof Role>;

/** A person's role in one organisation. */
export const Member = z.strictObject({ email: z.email(), organisation: z.string(), role: Role });
export type Member = z.output<typeof Member>;

/** What can be done, and the least role that may: a viewer reads, a reviewer judges what people say, an organiser what counts. */
const verbs = {
  readLetters: 'viewer',
  readActions: 'viewer',
  readSelection: 'viewer',
  selectTargets: 'organiser',
  writeLetterTexts: 'organiser',
  invalidateActions: 'organiser',
  fulfilPledges: 'organiser',
  recount: 'organiser',
} as const satisfies Record<string, Role>;
export type Verb = keyof typeof verbs;

/** The same for what belongs to no organisation but to the network, of which anybody with a role somewhere is a member. */
const networkVerbs = {
  readTargets: 'organiser',
  importTargets: 'secretariat',
} as const satisfies Record<string, Role>;
export type NetworkVerb = keyof typeof networkVerbs;

export type Permission = 'granted' | 'role-too-low' | 'stranger';

/** May a person with these memberships do this to a thing of the organisation? The secretariat reads all of the network. */
export function may(memberships: Member[], verb: Verb, organisation: string): Permission {
  const own = memberships.filter(
    (member) => member.organisation === organisation || member.role === 'secretariat',
  );
  return reach(own, verbs[verb]);
}

/** May a person with these memberships do this to a thing of the network? */
export function mayInNetwork(memberships: Member[], verb: NetworkVerb): Permission {
  return reach(memberships, networkVerbs[verb]);
}

function reach(memberships: Member[], least: Role): Permission {
  if (memberships.length === 0) return 'stranger';
  return memberships.some(({ role }) => roles.indexOf(role) >= roles.indexOf(least))
    ? 'granted'
    : 'role-too-low';
}
