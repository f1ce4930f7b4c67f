import type * as z from 'zod';
import {
  answers,
  campaignPath,
  forCampaigner,
  type Operation,
  type Operations,
  organisationPath,
  refusals,
} from '../../shared/http/operation.ts';
import { LogPage, LogQuery } from './log-query.ts';

export const operations: Operations = {
  'GET /v1/campaigns/{slug}/log': logOf('readCampaignLog', 'readLog', 'of a campaign', campaignPath),
  'GET /v1/organisations/{organisation}/log': logOf(
    'readOrganisationLog',
    'readOrganisationLog',
    'of an organisation',
    organisationPath,
  ),
  'GET /v1/log': logOf('readNetworkLog', 'readNetworkLog', 'of what is the whole network’s'),
};

function logOf(operationId: string, permission: string, whose: string, path?: z.ZodObject): Operation {
  return {
    ...forCampaigner(permission),
    tags: ['audit'],
    operationId,
    summary: `Who changed what ${whose}, newest first`,
    description:
      'What was asked for in bulk is told as it was asked, before it was done. An entry is never changed.',
    requestParams: { ...(path && { path }), query: LogQuery },
    responses: { 200: answers(LogPage, 'A page of the log'), ...refusals(401, 403, 404, 422) },
  };
}
