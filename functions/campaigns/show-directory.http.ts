import { byRoute } from '../../shared/http/by-route.ts';
import { handler as campaigns } from './list-campaigns.ts';
import { handler as moments } from './list-moments.ts';

export const handler = byRoute({ 'GET /v1/campaigns': campaigns, 'GET /v1/moments': moments });
