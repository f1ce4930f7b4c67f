import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { readOrganisationName } from '../network/read.ts';
import { describeMe } from './describe-me.ts';
import { listMemberships } from './member-store.ts';
import type { Me } from './member-view.ts';
import { emailOf } from './read.ts';

/** From what is stored, not what is remembered: whoever has just accepted an invitation looks for it here. */
export const handler = httpHandler(async ({ claims }) => {
  const email = emailOf(claims);
  const memberships = email ? await listMemberships(email) : [];
  const names = await Promise.all(
    memberships.map(
      async ({ organisation }) => [organisation, await readOrganisationName(organisation)] as const,
    ),
  );
  return json(200, describeMe(email, memberships, new Map(names)) satisfies Me);
});
