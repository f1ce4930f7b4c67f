import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpAnswer } from '../../shared/http/http-handler.ts';

type HttpHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpAnswer>;

interface Asked {
  slug: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
}

/** Reads from a handler as API Gateway does for a GET of something of a campaign. */
export function aGet(handler: HttpHandler, { slug, query, headers }: Asked) {
  return aGetAt(handler, `/v1/campaigns/${slug}`, {
    path: { slug },
    ...(query && { query }),
    ...(headers && { headers }),
  });
}

interface AskedAt {
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
}

/** The same of any address. */
export async function aGetAt(handler: HttpHandler, rawPath: string, { path, query, headers = {} }: AskedAt) {
  const event = {
    version: '2.0',
    rawPath,
    ...(path && { pathParameters: path }),
    ...(query && { queryStringParameters: query }),
    headers,
    requestContext: { http: { method: 'GET' } },
    isBase64Encoded: false,
  };
  const answer = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
  const body = String(answer.body ?? '');
  return {
    status: answer.statusCode,
    headers: (answer.headers ?? {}) as Record<string, string>,
    body,
    json: () => JSON.parse(body),
  };
}
