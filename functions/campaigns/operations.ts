import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  campaignPath,
  etag,
  forCampaigner,
  ifMatch,
  languageQuery,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { PublicCampaign } from './campaign.ts';
import { CampaignList, DirectoryQuery } from './directory.ts';
import { momentOperations } from './moment-operations.ts';
import { partnerOperations } from './partner-operations.ts';
import { publishOperations } from './publish-operations.ts';
import { CampaignTargets, SavedSelection, SelectionRequest } from './selection-view.ts';
import { settingsOperations } from './settings-operations.ts';

const tags = ['campaigns'];
const withoutTargets = z.literal('none').optional().meta({
  description:
    '`none` leaves out whom the campaign is addressed to, hundreds of offices, maybe; and what stands around the ask: notes, topics, moment, root and time zone',
});
const fromPartner = z.string().optional().meta({
  description:
    'One of the campaign’s `partners`, whose supporter reads it: with its introduction, and what it asks for itself. Any other is as none',
  example: 'minds-in-common-ke',
});

const selection = {
  rules: [{ classification: 'health-ministry' }],
  ids: [],
  except: [],
  reason: 'The health ministries decide, all of them',
};

export const operations: Operations = {
  ...settingsOperations,
  ...publishOperations,
  ...partnerOperations,
  ...momentOperations,
  'GET /v1/campaigns': {
    tags,
    operationId: 'listCampaigns',
    summary: 'The directory of campaigns that can be acted on now',
    description:
      'Newest first and, where a language is wanted, those that have it before the others. As it was 30 s ago at most. An unknown filter is refused.',
    requestParams: { query: DirectoryQuery },
    responses: { 200: answers(CampaignList, 'Live campaigns'), ...refusals(422) },
  },
  'GET /v1/campaigns/{slug}': {
    tags,
    operationId: 'getCampaign',
    summary: 'A campaign as anyone may see it, in one of its languages',
    requestParams: {
      path: campaignPath,
      query: languageQuery.extend({ targets: withoutTargets, partner: fromPartner }),
    },
    responses: {
      200: answers(PublicCampaign.partial({ targets: true }), 'The campaign'),
      ...refusals(404),
    },
  },
  'GET /v1/campaigns/{slug}/targets': {
    ...forCampaigner('readSelection'),
    tags,
    operationId: 'getCampaignTargets',
    summary: 'The offices that a campaign is addressed to, and by what they are selected',
    description:
      'As they are selected now. No address is told; `reachable` says whether there is one of use.',
    requestParams: { path: campaignPath },
    responses: { 200: answers(CampaignTargets, 'The offices', etag), ...refusals(401, 403, 404) },
  },
  'PUT /v1/campaigns/{slug}/targets': {
    ...forCampaigner('selectTargets'),
    tags,
    operationId: 'putCampaignTargets',
    summary: 'Select the offices that a campaign is addressed to, by rules or by hand',
    description:
      'Offices that fit one of the rules, and those in `ids`, but for those in `except`. What comes into the registry later is selected by the rules, too. Letters and pages go by the new selection after 30 s at most. Once a campaign that writes letters is published, what selects nobody is refused.',
    requestParams: { path: campaignPath, header: ifMatch },
    requestBody: { content: { 'application/json': { schema: SelectionRequest, example: selection } } },
    responses: {
      200: answers(SavedSelection, 'The selection that is there now', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  },
};
