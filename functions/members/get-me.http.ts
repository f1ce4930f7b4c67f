import { httpHandler, json } from '../../shared/http/http-handler.ts';
import { readOrganisationName } from '../campaigns/read.ts';
import { describeMe } from './describe-me.ts';
import type { Me } from './member-view.ts';
import { emailOf, readMembershipsNow } from './read.ts';

export const handler = httpHandler(async ({ claims, now }) => {
  const memberships = await readMembershipsNow(claims, now);
  const names = await Promise.all(
    memberships.map(
      async ({ organisation }) => [organisation, await readOrganisationName(organisation)] as const,
    ),
  );
  return json(200, describeMe(emailOf(claims), memberships, new Map(names)) satisfies Me);
});
