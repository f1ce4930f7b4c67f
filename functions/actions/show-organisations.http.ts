import { byRoute } from '../../shared/http/by-route.ts';
import { handler as logo } from './get-logo.ts';
import { handler as list } from './list-organisations.ts';

export const handler = byRoute({
  'GET /v1/campaigns/{slug}/organisations': list,
  'GET /logos/{logo}': logo,
});
