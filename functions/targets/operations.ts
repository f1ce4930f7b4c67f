import * as z from 'zod';
import {
  answers,
  bodyRefusals,
  forCampaigner,
  type Operations,
  refusals,
} from '../../shared/http/operation.ts';
import { ExportQuery, ImportAnswer, ImportQuery, TargetList } from './registry-request.ts';

const tags = ['targets'];
const asTable = z.string().meta({
  description:
    'A column for each field, by its path: `label.en`, `contact_details.0.value`. Several languages stand in one cell, divided by semicolons. Divided by commas, semicolons or tabs',
});

const office = {
  id: 'ug-health',
  classification: 'health-ministry',
  area_id: 'UG',
  label: { en: 'Ministry of Health' },
  languages: ['en'],
  channel: 'email',
  contact_details: [{ type: 'email', value: 'minister.ug@health.example.org' }],
  sources: [{ url: 'https://health.example.org/' }],
  updated_at: '2026-10-01',
};

export const operations: Operations = {
  'GET /v1/targets': {
    ...forCampaigner('readTargets'),
    tags,
    operationId: 'exportTargets',
    summary: 'The registry of offices that letters go to',
    description:
      'For organisers and owners of any organisation. As JSON, or as CSV by the Accept header or `format`; sorted by id, and as it can be imported again. In CSV, an apostrophe goes before what a spreadsheet would calculate.',
    requestParams: {
      query: ExportQuery,
      header: z.object({ accept: z.string().optional(), 'accept-encoding': z.string().optional() }),
    },
    responses: {
      200: {
        description: 'The registry; compressed by gzip when it is over 4 MB',
        content: { 'application/json': { schema: TargetList }, 'text/csv': { schema: asTable } },
      },
      ...refusals(401, 403, 404, 406, 422),
    },
  },
  'POST /v1/targets/import': {
    ...forCampaigner('importTargets'),
    tags,
    operationId: 'importTargets',
    summary: 'Add offices to the registry, or change them',
    description:
      'For the secretariat. A file of up to 10,000 offices and 4 MB, as a table or as a JSON list; offices are told apart by their ids, and what is not in the file stays. A bad row refuses all of it, unless `skipBad` is true: `errors` names up to 1,000 of what is wrong, each by its line. Importing the same again changes nothing.',
    requestParams: { query: ImportQuery },
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: TargetList, example: { targets: [office] } },
        'text/csv': { schema: asTable },
      },
    },
    responses: {
      200: answers(ImportAnswer, 'What was imported, or would be'),
      ...refusals(...bodyRefusals, 401, 403, 404),
    },
  },
};
