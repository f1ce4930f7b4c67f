import { byRoute } from '../../shared/http/by-route.ts';
import { handler as list } from './list-members.ts';
import { handler as put } from './put-member.ts';
import { handler as remove } from './remove-member.ts';

const members = '/v1/organisations/{organisation}/members';

export const handler = byRoute({
  [`GET ${members}`]: list,
  [`PUT ${members}/{member}`]: put,
  [`DELETE ${members}/{member}`]: remove,
});
