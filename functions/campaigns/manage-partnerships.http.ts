import { byRoute } from '../../shared/http/by-route.ts';
import { accepting, declining, saying } from './answer-invitation.ts';
import { ending, leaving } from './end-partnership.ts';
import { handler as invite } from './invite-partner.ts';

const partners = '/v1/campaigns/{slug}/partners';
const partnership = '/v1/organisations/{organisation}/partnerships/{slug}';

export const handler = byRoute({
  [`POST ${partners}`]: invite,
  [`DELETE ${partners}/{organisation}`]: ending,
  [`POST ${partnership}/accept`]: accepting,
  [`POST ${partnership}/decline`]: declining,
  [`PUT ${partnership}`]: saying,
  [`DELETE ${partnership}`]: leaving,
});
