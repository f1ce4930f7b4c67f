import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  etag,
  forCampaigner,
  idempotencyKey,
  ifMatch,
  jsonBody,
  type Operations,
  organisationPath,
  refusals,
} from '../../shared/http/operation.ts';
import {
  NewOrganisation,
  OrganisationList,
  OrganisationQuery,
  OrganisationRequest,
  OrganisationView,
} from './organisation-view.ts';

const tags = ['organisations'];
const example = {
  name: 'Open Minds Uganda',
  country: 'UG',
  url: 'https://open-minds.example.org/',
  reason: 'Joined the network in November',
};

/** The organisations of the network, for its members. */
export const organisationOperations: Operations = {
  'GET /v1/organisations': {
    ...forCampaigner('readOrganisations'),
    tags,
    operationId: 'listOrganisations',
    summary: 'The organisations of the network',
    requestParams: { query: OrganisationQuery },
    responses: { 200: answers(OrganisationList, 'Organisations'), ...refusals(401, 403, 404, 422) },
  },
  'POST /v1/organisations': {
    ...forCampaigner('addOrganisations'),
    tags,
    operationId: 'addOrganisation',
    summary: 'Add an organisation to the network',
    description: 'For the secretariat, which then invites its first owner. Its slug never changes.',
    requestParams: { header: idempotencyKey },
    requestBody: jsonBody(NewOrganisation, { slug: 'open-minds-ug', ...example }),
    responses: {
      201: answers(OrganisationView, 'The organisation', etag.extend({ location: z.string() })),
      ...refusals(...bodyRefusals, 401, 403, 404, 409),
    },
  },
  'GET /v1/organisations/{organisation}': {
    ...forCampaigner('readOrganisations'),
    tags,
    operationId: 'getOrganisation',
    summary: 'An organisation of the network',
    requestParams: { path: organisationPath },
    responses: { 200: answers(OrganisationView, 'The organisation', etag), ...refusals(401, 403, 404) },
  },
  'PUT /v1/organisations/{organisation}': {
    ...forCampaigner('editOrganisation'),
    tags,
    operationId: 'putOrganisation',
    summary: 'Change the name, country and address of an organisation',
    description:
      'For its owners. What is sent is the whole of it but for its slug; the same again changes nothing. With If-Match, what somebody else has changed meanwhile is not overwritten: `errors` says where it differs from what was sent.',
    requestParams: { path: organisationPath, header: ifMatch },
    requestBody: jsonBody(OrganisationRequest, example),
    responses: {
      200: answers(OrganisationView, 'The organisation as it is now', etag),
      ...refusals(...bodyRefusals, 401, 403, 404, 412),
    },
  },
};
