import { type Member, may, type Thing, type Verb, verbs } from './member.ts';
import type { Me } from './member-view.ts';

/** Who somebody is, and what they may do, for a dashboard that shows no more than that. */
export function describeMe(email: string | undefined, memberships: Member[], names: Map<string, string>): Me {
  return {
    email: email ?? null,
    memberships: memberships.map((membership) => {
      const { id, organisation, role } = membership;
      return {
        ...{ organisation, name: names.get(organisation) ?? organisation, role, member: id },
        may: grantedOf(
          [membership],
          [
            { of: 'organisation', organisation },
            { of: 'campaign', owner: organisation, partners: [] },
          ],
        ),
      };
    }),
    may: grantedOf(memberships, [{ of: 'network' }]),
  };
}

function grantedOf(memberships: Member[], things: Thing[]): Verb[] {
  return things.flatMap((thing) =>
    (Object.keys(verbs) as Verb[]).filter(
      (verb) => verbs[verb].of === thing.of && may(memberships, verb, thing) === 'granted',
    ),
  );
}
