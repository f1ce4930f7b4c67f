import { byRoute } from '../../shared/http/by-route.ts';
import { handler as invite } from './invite-member.ts';
import { handler as list } from './list-invitations.ts';
import { handler as withdraw } from './withdraw-invitation.ts';

const invitations = '/v1/organisations/{organisation}/invitations';

export const handler = byRoute({
  [`GET ${invitations}`]: list,
  [`POST ${invitations}`]: invite,
  [`DELETE ${invitations}/{invitation}`]: withdraw,
});
