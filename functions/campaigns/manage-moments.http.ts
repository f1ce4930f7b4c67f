import { byRoute } from '../../shared/http/by-route.ts';
import { handler as campaigns } from './list-moment-campaigns.ts';
import { handler as put } from './put-moment.ts';

export const handler = byRoute({
  'PUT /v1/moments/{moment}': put,
  'GET /v1/moments/{moment}/campaigns': campaigns,
});
