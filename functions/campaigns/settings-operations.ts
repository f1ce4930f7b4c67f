import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  campaignPath,
  etag,
  forCampaigner,
  idempotencyKey,
  ifMatch,
  type Operation,
  type Operations,
  organisationPath,
  refusals,
} from '../../shared/http/operation.ts';
import { CampaignRequest, NoteRequest, ReasonRequest, SettingsRequest } from './campaign-settings.ts';
import { OwnedList, OwnedQuery } from './owned-view.ts';
import { exampleSettings } from './settings-example.ts';
import { AddedNote, CampaignState, ManagedCampaign } from './settings-view.ts';

const tags = ['campaigns'];
/** That of the example, before it is published. */
const draftPath = z.object({
  slug: z.string().meta({ description: 'Slug of the campaign', example: 'school-counsellors' }),
});
const created = etag.extend({
  location: z.string().meta({ description: 'Where its settings are' }),
});

export const settingsOperations: Operations = {
  'POST /v1/campaigns': {
    ...forCampaigner('startCampaign'),
    tags,
    operationId: 'createCampaign',
    summary: 'Begin a campaign, as a draft that nobody sees',
    description:
      'For organisers of the organisation; a chapter also asks for a part in the campaign that it is to be a chapter of. Up to 256 kB.',
    requestParams: { header: idempotencyKey },
    requestBody: {
      content: {
        'application/json': {
          schema: CampaignRequest,
          example: { slug: 'school-counsellors', organisation: 'demo-network', ...exampleSettings },
        },
      },
    },
    responses: {
      201: answers(CampaignState, 'The draft', created),
      ...refusals(401, 403, 404, 409, ...bodyRefusals),
    },
  },
  'GET /v1/organisations/{organisation}/campaigns': {
    ...forCampaigner('readCampaigns'),
    tags,
    operationId: 'listOrganisationCampaigns',
    summary: 'The campaigns of an organisation in all states, drafts and archived ones, too',
    requestParams: { path: organisationPath, query: OwnedQuery },
    responses: { 200: answers(OwnedList, 'A page of them'), ...refusals(401, 403, 404, 422) },
  },
  'GET /v1/campaigns/{slug}/settings': {
    ...forCampaigner('readCampaign'),
    tags,
    operationId: 'getCampaignSettings',
    summary: 'All that campaigners have said of a campaign, and where it stands',
    description:
      '`signed` is told by the tally, which is a second or two behind, and does not know of what waits to be verified.',
    requestParams: { path: campaignPath },
    responses: { 200: answers(ManagedCampaign, 'The campaign', etag), ...refusals(401, 403, 404) },
  },
  'PUT /v1/campaigns/{slug}/settings': {
    ...forCampaigner('editCampaign'),
    tags,
    operationId: 'putCampaignSettings',
    summary: 'Change the settings of a campaign',
    description:
      'All settings, in the place of those that are there: what is left out is gone. The same again changes nothing. A consent whose text or `required` differs becomes a new version. Once signed, the ask (texts, kinds, beneficiary and purpose of pledges) stays, but for further languages. Before that it changes, after publishing, only while the campaign has been paused for a minute or opens in more than a minute; it takes some seconds then, and requests to sign that were not confirmed yet are void. What would have kept it from being published is refused once it is: a language more needs its consents, too (422). Up to 256 kB.',
    requestParams: { path: draftPath, header: ifMatch },
    requestBody: {
      content: { 'application/json': { schema: SettingsRequest, example: exampleSettings } },
    },
    responses: {
      200: answers(ManagedCampaign, 'The campaign as it is now', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  },
  'POST /v1/campaigns/{slug}/notes': {
    ...forCampaigner('editCampaign'),
    tags,
    operationId: 'addCampaignNote',
    summary: 'Explain what a campaign asks by a dated note, which is public and stays',
    requestParams: { path: campaignPath, header: ifMatch.extend(idempotencyKey.shape) },
    requestBody: {
      content: {
        'application/json': {
          schema: NoteRequest,
          example: { texts: { en: 'The ministry has published its plan. What we ask has not changed.' } },
        },
      },
    },
    responses: {
      201: answers(AddedNote, 'The note', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  },
  'POST /v1/campaigns/{slug}/pause': step(
    'pauseCampaign',
    'Take no new actions for a while',
    'Felt within 30 seconds everywhere. What was asked before can still be confirmed. No time is moved: the campaign closes when it would have. A minute later, what nobody has signed yet can ask for something else.',
  ),
  'POST /v1/campaigns/{slug}/resume': step(
    'resumeCampaign',
    'Take actions again',
    'By its times: it is live, or scheduled again.',
  ),
  'POST /v1/campaigns/{slug}/close': step(
    'closeCampaign',
    'Close a campaign now',
    'For good. What was asked before can be confirmed for 24 hours.',
  ),
  'POST /v1/campaigns/{slug}/archive': step(
    'archiveCampaign',
    'Put a closed campaign away',
    'Nothing of it changes any more, but that what was asked in time can be confirmed for 24 hours after closing.',
  ),
};

/** All steps of a campaign's life are asked for, and answered, in one way. */
function step(operationId: string, summary: string, description: string): Operation {
  return {
    ...forCampaigner('runCampaign'),
    tags,
    operationId,
    summary,
    description: `${description} Where it is so already, nothing changes.`,
    requestParams: { path: campaignPath, header: ifMatch },
    requestBody: {
      content: {
        'application/json': {
          schema: ReasonRequest,
          example: { reason: 'Agreed at the meeting of 3 November' },
        },
      },
    },
    responses: {
      200: answers(CampaignState, 'Where the campaign stands', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  };
}
