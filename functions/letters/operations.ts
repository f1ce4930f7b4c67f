import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  campaignPath,
  etag,
  forCampaigner,
  ifMatch,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { LetterProof, ProofQuery } from './letter-proof.ts';
import { LetterTextList, LetterTextRequest, LetterTextView, TextQuery } from './letter-text-view.ts';
import { LetterList, LetterQuery, LetterView } from './letter-view.ts';
import { LetterPreview, PreviewQuery } from './preview-view.ts';
import { letterPath, runOperations } from './run-operations.ts';

const tags = ['letters'];
const textPath = campaignPath.extend({
  language: z.string().meta({ description: 'Language of the text (BCP 47)', example: 'pt' }),
});
const numberPath = z.object({
  number: z.string().meta({ description: 'Printed on the letter', example: 'MHFA-2026-7K3QX2AB' }),
});

const letterText = {
  title: 'Saúde mental para todas as pessoas',
  place: 'Genebra',
  role: 'Diretora de campanhas',
  asks: ['Financiar os programas de saúde mental com o orçamento público durante vários anos.'],
  reason: 'As the members in Brazil say it',
};

export const operations: Operations = {
  'GET /v1/campaigns/{slug}/letters': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'listLetters',
    summary: 'The letters of a campaign, with their states',
    requestParams: { path: campaignPath, query: LetterQuery },
    responses: { 200: answers(LetterList, 'A page of letters'), ...refusals(401, 403, 404, 422) },
  },
  'GET /v1/campaigns/{slug}/letters/preview': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'previewLetter',
    summary: 'A letter to an office as it would be sent now, marked as a draft, and what is missing',
    description:
      'The PDF or, by the Accept header or `format`, what is known of it as JSON. Nothing is kept or sent. A letter that cannot be typeset is 422 as PDF, and told in `missing` as JSON. A campaign that writes no letters is 409.',
    requestParams: { path: campaignPath, query: PreviewQuery },
    responses: {
      200: {
        description: 'The draft',
        content: { 'application/pdf': {}, 'application/json': { schema: LetterPreview } },
        headers: z.object({
          'groundswell-missing': z
            .string()
            .optional()
            .meta({ description: 'Codes of what is missing', example: 'no-holder, no-phone' }),
        }),
      },
      ...refusals(401, 403, 404, 409, 422),
    },
  },
  'GET /v1/campaigns/{slug}/letters/texts': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'listLetterTexts',
    summary: 'What a campaign says in its letters, in each language',
    requestParams: { path: campaignPath },
    responses: { 200: answers(LetterTextList, 'The texts'), ...refusals(401, 403, 404) },
  },
  'GET /v1/campaigns/{slug}/letters/texts/{language}': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'getLetterText',
    summary: 'What a campaign says in its letters in one language',
    requestParams: { path: textPath, query: TextQuery },
    responses: { 200: answers(LetterTextView, 'The text', etag), ...refusals(401, 403, 404, 422) },
  },
  'PUT /v1/campaigns/{slug}/letters/texts/{language}': {
    ...forCampaigner('writeLetterTexts'),
    tags,
    operationId: 'putLetterText',
    summary: 'Save what a campaign says in its letters in one language',
    description:
      'Asks and messages are ICU MessageFormat. Other words are a new version; a letter keeps the version that it was written in. A campaign that is archived keeps its texts: 409.',
    requestParams: { path: textPath, header: ifMatch },
    requestBody: { content: { 'application/json': { schema: LetterTextRequest, example: letterText } } },
    responses: {
      200: answers(LetterTextView, 'The version that is there now', etag),
      ...refusals(401, 403, 404, 409, 412, ...bodyRefusals),
    },
  },
  'GET /letters/{number}': {
    tags,
    operationId: 'getLetterProof',
    summary: 'What a letter that has gone out claims, and the same counts now',
    description:
      'For whoever holds one. A page, or JSON by the Accept header or `format`. The number is printed on the letter; written in small letters, with spaces or without hyphens it leads to the exact one.',
    requestParams: { path: numberPath, query: ProofQuery },
    responses: {
      200: {
        description: 'The proof',
        content: { 'text/html': { schema: z.string() }, 'application/json': { schema: LetterProof } },
        headers: z.object({ 'cache-control': z.string() }),
      },
      303: { description: 'To the exact number', headers: z.object({ location: z.string() }) },
      ...refusals(404, 422),
    },
  },
  'GET /v1/letters/{id}': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'getLetter',
    summary: 'A letter and its state',
    requestParams: { path: letterPath },
    responses: { 200: answers(LetterView, 'The letter', etag), ...refusals(401, 403, 404) },
  },
  'GET /v1/letters/{id}/pdf': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'getLetterPdf',
    summary: 'A letter as it is sent',
    requestParams: { path: letterPath },
    responses: {
      200: { description: 'Tagged PDF (PDF/UA-1)', content: { 'application/pdf': {} } },
      ...refusals(401, 403, 404),
    },
  },
  ...runOperations,
};
