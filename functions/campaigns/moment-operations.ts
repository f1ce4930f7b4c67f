import {
  answers,
  forCampaigner,
  languageOrEnglishQuery,
  languageQuery,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { MomentPath } from '../../shared/kernel/public-moment.ts';
import { MomentList } from './moment-list.ts';
import { MomentCampaigns } from './moment-tally-view.ts';

const tags = ['moments'];

/** What campaigns make of the moments that they belong to. */
export const momentOperations: Operations = {
  'GET /v1/moments': {
    tags,
    operationId: 'listMoments',
    summary: 'The global moments that campaigns belong to, the next one first',
    requestParams: { query: languageOrEnglishQuery },
    responses: { 200: answers(MomentList, 'The moments'), ...refusals() },
  },
  'GET /v1/moments/{moment}/campaigns': {
    ...forCampaigner('readMoments'),
    tags,
    operationId: 'listMomentCampaigns',
    summary: 'All campaigns and chapters of a moment, with their tallies and the joint tally',
    description:
      'For the secretariat: drafts and archived campaigns, too. A chapter belongs to the moment of its root. The joint tally adds up the campaigns that are no chapter of another one in the list, for what is counted in a chapter is counted in its root: a person who signs a root and its chapters is counted once, and one who signs two roots is counted in each.',
    requestParams: { path: MomentPath, query: languageQuery },
    responses: { 200: answers(MomentCampaigns, 'What belongs to it'), ...refusals(401, 403, 404) },
  },
};
