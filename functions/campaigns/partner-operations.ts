import * as z from 'zod';
import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import {
  answers,
  bodyRefusals,
  campaignPath,
  etag,
  forCampaigner,
  ifMatch,
  jsonBody,
  type Operation,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { ReasonRequest } from './campaign-settings.ts';
import {
  CountedPartnership,
  PartnerInvitation,
  PartnerList,
  PartnershipList,
  PartnershipsQuery,
  PartnershipView,
  PartnerTerms,
} from './partnership-view.ts';

const tags = ['partners'];
const organisation = z.string().meta({ description: 'Slug of the partner', example: 'minds-in-common-ke' });
const organisationPath = z.object({ organisation });
const partnerPath = campaignPath.extend({ organisation });
/** Invited by the example of `invitePartner`. */
const invitedPath = campaignPath.extend({
  organisation: organisation.meta({ description: 'Slug of the partner', example: 'other-org' }),
});
const terms = {
  texts: { en: 'At Lantern Hill, we have seen what a first conversation can change.' },
  consent: { en: 'Lantern Hill Forum may write to me about its own work.' },
};

/** Organisations that take part in campaigns of others. */
export const partnerOperations: Operations = {
  'GET /v1/campaigns/{slug}/partners': {
    ...forCampaigner('readCampaign'),
    tags,
    operationId: 'listPartners',
    summary: 'Who is invited to a campaign or takes part in it, with what counts by each',
    description:
      'Members of the organisation that the campaign is of, and the secretariat, are told all. Others who may read the campaign are told who takes part, without what these say, and all of their own organisation.',
    requestParams: { path: campaignPath, query: PartnershipsQuery },
    responses: { 200: answers(PartnerList, 'A page of them'), ...refusals(401, 403, 404, 422) },
  },
  'POST /v1/campaigns/{slug}/partners': {
    ...forCampaigner('invitePartners'),
    tags,
    operationId: 'invitePartner',
    summary: 'Invite an organisation of the network to be a partner',
    description:
      'It takes part once its organisers accept. Who is invited, or is a partner, already stays so; who declined or left is invited again.',
    requestParams: { path: campaignPath },
    requestBody: jsonBody(PartnerInvitation, {
      organisation: 'other-org',
      reason: 'They write to the same ministries',
    }),
    responses: {
      200: answers(PartnershipView, 'The invitation or partnership that there is already', etag),
      201: answers(PartnershipView, 'The invitation', etag),
      ...refusals(...bodyRefusals, 401, 403, 404, 409),
    },
  },
  'DELETE /v1/campaigns/{slug}/partners/{organisation}': ending(
    'endPartnership',
    'invitePartners',
    'End a partnership, or take an invitation back',
    partnerPath,
  ),
  'GET /v1/organisations/{organisation}/partnerships': {
    ...forCampaigner('readMembers'),
    tags,
    operationId: 'listPartnerships',
    summary: 'The campaigns of others that an organisation is invited to or takes part in',
    requestParams: { path: organisationPath, query: PartnershipsQuery },
    responses: { 200: answers(PartnershipList, 'A page of them'), ...refusals(401, 403, 404, 422) },
  },
  'GET /v1/organisations/{organisation}/partnerships/{slug}': {
    ...forCampaigner('readMembers'),
    tags,
    operationId: 'getPartnership',
    summary: 'The part that an organisation has in a campaign, with its own tally',
    requestParams: { path: partnerPath },
    responses: { 200: answers(CountedPartnership, 'The partnership', etag), ...refusals(401, 403, 404) },
  },
  'POST /v1/organisations/{organisation}/partnerships/{slug}/accept': answering(
    'acceptPartnership',
    'Accept an invitation',
    'From then on, those who come by its link are counted as its supporters, and asked what it asks for itself. The same again changes nothing. Up to 256 kB.',
    PartnerTerms,
    { ...terms, reason: 'Decided by the board' },
  ),
  'POST /v1/organisations/{organisation}/partnerships/{slug}/decline': answering(
    'declinePartnership',
    'Decline an invitation',
    'The same again changes nothing.',
    ReasonRequest,
    { reason: 'We have no room for it this year' },
  ),
  'PUT /v1/organisations/{organisation}/partnerships/{slug}': {
    ...answering(
      'putPartnership',
      'Change what a partner says in a campaign',
      'What is sent is all that it says: without `consent`, nobody is asked any more. A consent whose text differs becomes a new version; what was granted before stays granted in the old one. Up to 256 kB.',
      PartnerTerms,
      terms,
    ),
    requestParams: { path: partnerPath, header: ifMatch },
  },
  'DELETE /v1/organisations/{organisation}/partnerships/{slug}': ending(
    'leavePartnership',
    'actAsPartner',
    'Leave a campaign as a partner',
    partnerPath,
  ),
};

function answering(
  operationId: string,
  summary: string,
  description: string,
  schema: z.ZodType,
  example: object,
): Operation {
  return {
    ...forCampaigner('actAsPartner'),
    tags,
    operationId,
    summary,
    description: `For organisers of the organisation. ${description}`,
    requestParams: { path: invitedPath, header: ifMatch },
    requestBody: jsonBody(schema, example),
    responses: {
      200: answers(PartnershipView, 'The partnership', etag),
      ...refusals(...bodyRefusals, 401, 403, 404, 409, 412),
    },
  };
}

function ending(operationId: string, permission: string, summary: string, path: z.ZodObject): Operation {
  return {
    ...forCampaigner(permission),
    tags,
    operationId,
    summary,
    description:
      'What was counted stays counted, and what was granted to the partner stays granted. Its code leaves the list of the campaign, and nobody is asked for its consent any more, within 30 seconds. Where it has ended already, nothing changes.',
    requestParams: { path, query: ReasonQuery, header: ifMatch },
    responses: { 204: { description: 'Ended' }, ...refusals(401, 403, 404, 409, 412, 422) },
  };
}
