import { byRoute } from '../../shared/http/by-route.ts';
import { handler as add } from './add-organisation.ts';
import { handler as get } from './get-organisation.ts';
import { handler as list } from './list-organisations.ts';
import { handler as putMoment } from './put-moment.ts';
import { handler as put } from './put-organisation.ts';

export const handler = byRoute({
  'GET /v1/organisations': list,
  'POST /v1/organisations': add,
  'GET /v1/organisations/{organisation}': get,
  'PUT /v1/organisations/{organisation}': put,
  'PUT /v1/moments/{moment}': putMoment,
});
