import {
  answers,
  campaignPath,
  languageQuery,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { CampaignList, PublicCampaign } from './campaign.ts';

const tags = ['campaigns'];

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
    requestParams: { path: campaignPath, query: languageQuery },
    responses: { 200: answers(PublicCampaign, 'The campaign'), ...refusals(404) },
  },
};
