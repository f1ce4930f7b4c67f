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
import { CampaignReview, PublishedCampaign, PublishRequest } from './review-view.ts';
import { SimilarCampaigns } from './similar-view.ts';

const tags = ['campaigns'];

/** From a draft to a campaign that anyone may see. */
export const publishOperations: Operations = {
  'GET /v1/campaigns/{slug}/problems': {
    ...forCampaigner('readCampaign'),
    tags,
    operationId: 'getCampaignProblems',
    summary: 'Everything that would embarrass when the campaign is launched, and campaigns to join instead',
    description:
      'What `blocks` keeps it from being published; what `warns` does not. Letters are written as they would be at the first milestone, in each language that the offices need; none is kept or sent.',
    requestParams: { path: campaignPath, query: languageQuery },
    responses: {
      200: answers(CampaignReview, 'The problems of the version in the ETag', etag),
      ...refusals(401, 403, 404),
    },
  },
  'GET /v1/campaigns/{slug}/similar': {
    ...forCampaigner('readCampaign'),
    tags,
    operationId: 'listSimilarCampaigns',
    summary: 'Campaigns of the network for the same moment, offices or topics, the most alike first',
    description:
      'Those that are scheduled, live or paused; what others have in draft is not told. Of a hundred, the same moment gives 40, the offices 40 by the share of yours, the topics 20 by the share of all.',
    requestParams: { path: campaignPath, query: languageQuery },
    responses: { 200: answers(SimilarCampaigns, 'The campaigns'), ...refusals(401, 403, 404) },
  },
  'POST /v1/campaigns/{slug}/publish': {
    ...forCampaigner('runCampaign'),
    tags,
    operationId: 'publishCampaign',
    summary: 'Publish a draft: it is scheduled, or live once it opens',
    description:
      'Refused (409 `conflict`) with everything that blocks it in `errors`, and nothing is changed. So it is while campaigns are alike (`mustBeSeen`) and `similar` is not `seen`. What is published is what was looked through: a change by somebody else meanwhile is 412. One that is published already is answered as it is.',
    requestParams: { path: campaignPath, query: languageQuery, header: ifMatch },
    requestBody: {
      content: {
        'application/json': {
          schema: PublishRequest,
          example: { similar: 'seen', reason: 'Agreed at the meeting of 3 November' },
        },
      },
    },
    responses: {
      200: answers(PublishedCampaign, 'It is published', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  },
};
