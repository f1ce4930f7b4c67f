import { byRoute } from '../../shared/http/by-route.ts';
import { handler as get } from './get-partnership.ts';
import { handler as listPartners } from './list-partners.ts';
import { handler as list } from './list-partnerships.ts';

const partnerships = '/v1/organisations/{organisation}/partnerships';

export const handler = byRoute({
  'GET /v1/campaigns/{slug}/partners': listPartners,
  [`GET ${partnerships}`]: list,
  [`GET ${partnerships}/{slug}`]: get,
});
