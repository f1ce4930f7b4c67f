import * as z from 'zod';
import { answers, type Operations, refusals } from '../../shared/http/operation.ts';

export const operations: Operations = {
  'GET /openapi.json': {
    tags: ['site'],
    operationId: 'getOpenApi',
    summary: 'This description of the API',
    responses: { 200: answers(z.looseObject({ openapi: z.string() }), 'OpenAPI 3.1'), ...refusals() },
  },
};
