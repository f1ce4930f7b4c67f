import * as z from 'zod';
import { ReasonQuery } from '../../shared/audit/audit-schema.ts';
import {
  answers,
  bodyRefusals,
  campaignPath,
  forCampaigner,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { LetterProof, ProofQuery } from './letter-proof.ts';
import { LetterText } from './letter-text.ts';
import { LetterTextList, LetterTextView, TextQuery } from './letter-text-view.ts';
import { LetterList, LetterView } from './letter-view.ts';
import { LetterPreview, PreviewQuery } from './preview-view.ts';

const tags = ['letters'];
const letterPath = z.object({
  id: z.string().meta({ description: 'Id of the letter', example: 'mental-health-for-all_0f2a' }),
});
const textPath = campaignPath.extend({
  language: z.string().meta({ description: 'Language of the text (BCP 47)', example: 'pt' }),
});
const numberPath = z.object({
  number: z.string().meta({ description: 'Printed on the letter', example: 'MHFA-2026-7K3QX2AB' }),
});
const etag = z.object({ etag: z.string().meta({ example: '"3"' }) });
const ifMatch = z.object({
  'if-match': z
    .string()
    .optional()
    .meta({ description: 'ETag of the version that was changed', example: '"3"' }),
});

const letterText = {
  title: 'Saúde mental para todas as pessoas',
  place: 'Genebra',
  role: 'Diretora de campanhas',
  asks: ['Financiar os programas de saúde mental com o orçamento público durante vários anos.'],
};

export const operations: Operations = {
  'GET /v1/campaigns/{slug}/letters': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'listLetters',
    summary: 'The letters of a campaign, with their states',
    requestParams: { path: campaignPath },
    responses: { 200: answers(LetterList, 'The letters'), ...refusals(401, 403, 404) },
  },
  'GET /v1/campaigns/{slug}/letters/preview': {
    ...forCampaigner('readLetters'),
    tags,
    operationId: 'previewLetter',
    summary: 'A letter to an office as it would be sent now, marked as a draft, and what is missing',
    description:
      'The PDF or, by the Accept header or `format`, what is known of it as JSON. Nothing is kept or sent. A letter that cannot be typeset is 422 as PDF, and told in `missing` as JSON.',
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
      ...refusals(401, 403, 404, 422),
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
      'Asks and messages are ICU MessageFormat. Other words are a new version; a letter keeps the version that it was written in.',
    requestParams: { path: textPath, query: ReasonQuery, header: ifMatch },
    requestBody: { content: { 'application/json': { schema: LetterText, example: letterText } } },
    responses: {
      200: answers(LetterTextView, 'The version that is there now', etag),
      ...refusals(401, 403, 404, 412, ...bodyRefusals),
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
    responses: { 200: answers(LetterView, 'The letter'), ...refusals(401, 403, 404) },
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
};
