import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  campaignPath,
  forCampaigner,
  languageQuery,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { CountQuery, PublicCount } from './public-count.ts';
import { PublicTally } from './public-tally.ts';
import { PublicRecount, RecountRequest } from './recount.ts';
import { HistoryQuery, TallyHistory } from './tally-history.ts';

const headers = z.object({ etag: z.string(), 'cache-control': z.string() });
const ifNoneMatch = z.object({ 'if-none-match': z.string().optional() });
const unchanged = { description: 'Nothing was counted since', headers };

export const operations: Operations = {
  'GET /v1/campaigns/{slug}/tally': {
    tags: ['tallies'],
    operationId: 'getTally',
    summary: 'The live tally of a campaign',
    description: 'Read it again after `pollAfter` seconds, with the ETag in If-None-Match.',
    requestParams: {
      path: campaignPath,
      header: ifNoneMatch,
    },
    responses: {
      200: answers(PublicTally, 'The tally', headers),
      304: unchanged,
      ...refusals(404),
    },
  },
  'GET /v1/campaigns/{slug}/tally/history': {
    tags: ['tallies'],
    operationId: 'getTallyHistory',
    summary: 'How the tally of a campaign came about, by the hour or by the day',
    description:
      'For charts. By the day, everything or what is asked for; by the hour, at most 31 days, and if nothing is asked for, the seven up to the last change.',
    requestParams: { path: campaignPath, query: HistoryQuery, header: ifNoneMatch },
    responses: {
      200: answers(TallyHistory, 'Hours or days, with running totals', headers),
      304: unchanged,
      ...refusals(404, 422),
    },
  },
  'GET /v1/campaigns/{slug}/tally.svg': {
    tags: ['tallies'],
    operationId: 'getTallyBadge',
    summary: 'The count of a campaign as a small picture, for any page',
    description: 'In the default language of the campaign; pledges where it takes no signatures.',
    requestParams: { path: campaignPath, header: ifNoneMatch },
    responses: {
      200: {
        description: 'The picture',
        content: { 'image/svg+xml': { schema: z.string() } },
        headers,
      },
      304: unchanged,
      ...refusals(404),
    },
  },
  'GET /v1/campaigns/{slug}/count': {
    tags: ['tallies'],
    operationId: 'getCount',
    summary: 'How a campaign is counted, and what was confirmed, withdrawn, erased and invalidated by day',
    description:
      'For anyone who doubts the number. As JSON, or as CSV by the Accept header or `format`: a row for each day, kind and way, of which the column `change` adds up to the tally.',
    requestParams: {
      path: campaignPath,
      query: CountQuery.extend(languageQuery.shape),
      header: ifNoneMatch.extend({ accept: z.string().optional() }),
    },
    responses: {
      200: {
        description: 'The count. It has an ETag when its days add up to the tally',
        content: {
          'application/json': { schema: PublicCount },
          'text/csv': { schema: z.string() },
        },
        headers: headers.partial({ etag: true }),
      },
      304: unchanged,
      ...refusals(404, 422),
    },
  },
  'POST /v1/campaigns/{slug}/recount': {
    ...forCampaigner('recount'),
    tags: ['tallies'],
    operationId: 'requestRecount',
    summary: 'Have what is counted compared with the actions, and set right',
    description:
      'For organisers and owners. A chapter is recounted with its root campaign. While one recount is asked for or runs, asking again answers that one.',
    requestParams: { path: campaignPath },
    requestBody: {
      content: {
        'application/json': { schema: RecountRequest, example: { reason: 'A reader asked how we count' } },
      },
    },
    responses: {
      202: answers(PublicRecount, 'The recount'),
      ...refusals(...bodyRefusals, 401, 403, 404),
    },
  },
  'GET /v1/campaigns/{slug}/recount': {
    ...forCampaigner('recount'),
    tags: ['tallies'],
    operationId: 'getRecount',
    summary: 'The last recount of a campaign: how far it is, and what it found',
    requestParams: { path: campaignPath },
    responses: { 200: answers(PublicRecount, 'The recount'), ...refusals(401, 403, 404) },
  },
};
