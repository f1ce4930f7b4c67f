import * as z from 'zod';
import {
  answers,
  campaignPath,
  forCampaigners,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { LetterList, LetterView } from './letter-view.ts';

const tags = ['letters'];
const letterPath = z.object({
  id: z.string().meta({ description: 'Id of the letter', example: 'mental-health-for-all_0f2a' }),
});

export const operations: Operations = {
  'GET /v1/campaigns/{slug}/letters': {
    ...forCampaigners,
    tags,
    operationId: 'listLetters',
    summary: 'The letters of a campaign, with their states',
    requestParams: { path: campaignPath },
    responses: { 200: answers(LetterList, 'The letters'), ...refusals(401, 403, 404) },
  },
  'GET /v1/letters/{id}': {
    ...forCampaigners,
    tags,
    operationId: 'getLetter',
    summary: 'A letter and its state',
    requestParams: { path: letterPath },
    responses: { 200: answers(LetterView, 'The letter'), ...refusals(401, 403, 404) },
  },
  'GET /v1/letters/{id}/pdf': {
    ...forCampaigners,
    tags,
    operationId: 'getLetterPdf',
    summary: 'A letter as it is sent',
    requestParams: { path: letterPath },
    responses: {
      200: { description: 'Tagged PDF (PDF/UA-1)', content: { 'application/pdf': {} } },
      ...refusals(401, 403, 404),
    },
  },
};
