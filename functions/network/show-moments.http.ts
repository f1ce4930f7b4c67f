import { byRoute } from '../../shared/http/by-route.ts';
import { handler as get } from './get-moment.ts';
import { handler as calendar } from './get-moment-calendar.ts';

export const handler = byRoute({ 'GET /v1/moments.ics': calendar, 'GET /v1/moments/{moment}': get });
