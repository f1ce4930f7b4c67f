import * as z from 'zod';
import { answers, campaignPath, type Operations, refusals } from '../../shared/http/operation.ts';
import { PublicTally } from './public-tally.ts';

const headers = z.object({ etag: z.string(), 'cache-control': z.string() });

export const operations: Operations = {
  'GET /v1/campaigns/{slug}/tally': {
    tags: ['tallies'],
    operationId: 'getTally',
    summary: 'The live tally of a campaign',
    description: 'Read it again after `pollAfter` seconds, with the ETag in If-None-Match.',
    requestParams: {
      path: campaignPath,
      header: z.object({ 'if-none-match': z.string().optional() }),
    },
    responses: {
      200: answers(PublicTally, 'The tally', headers),
      304: { description: 'Nothing was counted since', headers },
      ...refusals(404),
    },
  },
};
