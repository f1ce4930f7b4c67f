import * as z from 'zod';
import { campaignPath, forCampaigner, type Operations, refusals } from '../../shared/http/operation.ts';
import { ExportQuery } from './export-supporters.ts';

export const exportOperations: Operations = {
  'GET /v1/campaigns/{slug}/export.csv': {
    ...forCampaigner('exportSupporters'),
    tags: ['actions'],
    operationId: 'exportSupporters',
    summary: 'Export the supporters who granted a consent',
    description:
      'Exactly those whose action stands confirmed and who granted the consent in this campaign, in any of its versions, each once, with the exact text that they granted. A partner’s consent is for organisers of that partner, all others are for those of the campaign’s owner. Each page stands in the log. An answer can have no rows and not be the last: there are more pages while it has a `link` to the next one. No cell is a formula: an apostrophe stands before what a spreadsheet would calculate.',
    requestParams: { path: campaignPath, query: ExportQuery },
    responses: {
      200: {
        description: 'Supporters',
        headers: z.object({
          'content-disposition': z.string(),
          link: z.string().optional().meta({
            description: 'The next page; there is none at the end',
            example:
              '</v1/campaigns/mental-health-for-all/export.csv?consent=updates&limit=500&cursor=c2lnbmF0dXJlLjQyLg>; rel="next"',
          }),
        }),
        content: { 'text/csv': { schema: z.string() } },
      },
      ...refusals(401, 403, 404, 422),
    },
  },
};
