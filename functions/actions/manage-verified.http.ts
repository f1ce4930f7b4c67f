import { byRoute } from '../../shared/http/by-route.ts';
import { handler as putLogo } from './put-logo.ts';
import { handler as removeLogo } from './remove-logo.ts';
import { handler as verify } from './verify-actions.ts';

const logo = '/v1/campaigns/{slug}/organisations/{action}/logo';

export const handler = byRoute({
  'POST /v1/campaigns/{slug}/actions/verify': verify,
  [`PUT ${logo}`]: putLogo,
  [`DELETE ${logo}`]: removeLogo,
});
