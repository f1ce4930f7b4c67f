import * as z from 'zod';
import { answers, campaignPath, type Operations, refusals } from '../../shared/http/operation.ts';
import { EmbedCodes } from './embed-answer.ts';
import { EmbedQuery } from './embed-options.ts';
import { Oembed, OembedQuery } from './oembed.ts';

const tags = ['site'];

export const operations: Operations = {
  'GET /v1/campaigns/{slug}/embed': {
    tags,
    operationId: 'getEmbedCodes',
    summary: 'What to copy to have a campaign on a page of one’s own',
    requestParams: { path: campaignPath, query: EmbedQuery },
    responses: { 200: answers(EmbedCodes, 'One text for each way'), ...refusals(404, 422) },
  },
  'GET /oembed': {
    tags,
    operationId: 'getOembed',
    summary: 'A card to show in place of a link to a campaign (oEmbed 1.0)',
    requestParams: { query: OembedQuery },
    responses: { 200: answers(Oembed, 'The card'), ...refusals(404, 422, 501) },
  },
  'GET /openapi.json': {
    tags,
    operationId: 'getOpenApi',
    summary: 'This description of the API',
    responses: { 200: answers(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1'), ...refusals() },
  },
};
