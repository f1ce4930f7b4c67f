import {
  answers,
  bodyRefusals,
  campaignPath,
  forCampaigner,
  jsonBody,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { logoOperations } from './logo-operations.ts';
import { OrganisationQuery, PledgingOrganisations } from './organisation-request.ts';
import { VerificationAnswer, VerificationRequest } from './verification-request.ts';

const tags = ['actions'];

export const verifyOperations: Operations = {
  ...logoOperations,
  'POST /v1/campaigns/{slug}/actions/verify': {
    ...forCampaigner('verifyActions'),
    tags,
    operationId: 'verifyActions',
    summary: 'Verify pledges and endorsements that wait for it',
    description:
      'Endorsements, pledges of organisations, and those above the limit of the campaign; they are listed by `toVerify=true`. Each counts from then on, and an organisation is shown in public, with its pledge if it made one, in every campaign that it took part in. Whoever changes what was verified takes it out of the count until it is verified again. Up to 100 at once, each by itself; asking again is safe.',
    requestParams: { path: campaignPath },
    requestBody: jsonBody(VerificationRequest, {
      actions: ['mental-health-for-all~pledge~0aXk'],
      unchangedSince: '2026-11-20T12:00:00.000Z',
      reason: 'Confirmed with its board on the phone',
    }),
    responses: {
      200: answers(VerificationAnswer, 'What became of each'),
      ...refusals(...bodyRefusals, 401, 403, 404),
    },
  },
  'GET /v1/campaigns/{slug}/organisations': {
    tags,
    operationId: 'listPledgingOrganisations',
    summary: 'Organisations that have pledged, or that endorse the ask',
    description:
      'Those that are verified and stand by it, newest first. A root lists those of its chapters, too.',
    requestParams: { path: campaignPath, query: OrganisationQuery },
    responses: { 200: answers(PledgingOrganisations, 'A page of organisations'), ...refusals(404, 422) },
  },
};
