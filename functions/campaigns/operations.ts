import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  campaignPath,
  forCampaigners,
  languageQuery,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { TargetSelection } from '../../shared/kernel/target-selection.ts';
import { CampaignList, PublicCampaign } from './campaign.ts';
import { CampaignTargets, SavedSelection } from './selection-view.ts';

const tags = ['campaigns'];
const withoutTargets = z
  .literal('none')
  .optional()
  .meta({ description: '`none` leaves out whom the campaign is addressed to: hundreds of offices, maybe' });
const etag = z.object({ etag: z.string().meta({ description: 'Names the selection' }) });
const ifMatch = z.object({
  'if-match': z.string().optional().meta({ description: 'ETag of the selection that was changed' }),
});

export const operations: Operations = {
  'GET /v1/campaigns': {
    tags,
    operationId: 'listCampaigns',
    summary: 'Campaigns that can be acted on now, newest first',
    requestParams: { query: languageQuery },
    responses: { 200: answers(CampaignList, 'Live campaigns'), ...refusals() },
  },
  'GET /v1/campaigns/{slug}': {
    tags,
    operationId: 'getCampaign',
    summary: 'A campaign as anyone may see it, in one of its languages',
    requestParams: { path: campaignPath, query: languageQuery.extend({ targets: withoutTargets }) },
    responses: {
      200: answers(PublicCampaign.partial({ targets: true }), 'The campaign'),
      ...refusals(404),
    },
  },
  'GET /v1/campaigns/{slug}/targets': {
    ...forCampaigners,
    tags,
    operationId: 'getCampaignTargets',
    summary: 'The offices that a campaign is addressed to, and by what they are selected',
    description:
      'As they are selected now. No address is told; `reachable` says whether there is one of use.',
    requestParams: { path: campaignPath },
    responses: { 200: answers(CampaignTargets, 'The offices', etag), ...refusals(401, 403, 404) },
  },
  'PUT /v1/campaigns/{slug}/targets': {
    ...forCampaigners,
    tags,
    operationId: 'putCampaignTargets',
    summary: 'Select the offices that a campaign is addressed to, by rules or by hand',
    description:
      'Offices that fit one of the rules, and those in `ids`, but for those in `except`. What comes into the registry later is selected by the rules, too. Letters and pages go by the new selection after 30 s at most.',
    requestParams: { path: campaignPath, header: ifMatch },
    requestBody: { content: { 'application/json': { schema: TargetSelection } } },
    responses: {
      200: answers(SavedSelection, 'The selection that is there now', etag),
      ...refusals(401, 403, 404, 412, ...bodyRefusals),
    },
  },
};
