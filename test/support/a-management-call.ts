import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpAnswer } from '../../shared/http/http-handler.ts';
import { claimsOf } from './a-campaigner.ts';

export type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpAnswer>;

interface Call {
  /** Name of the campaigner, by whom `claimsOf` knows them. */
  as?: string;
  /** `PUT /v1/campaigns/{slug}/settings`. */
  route: string;
  /** What stands in the address: `{ slug: 'root' }`. */
  path?: Record<string, string>;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
}

/** Asks a function by any route of the management API, as API Gateway does once the token is verified. */
export async function manage(
  handler: Handler,
  { as = 'organiser', route, path = {}, query = {}, headers = {}, body }: Call,
) {
  const [method, address = ''] = route.split(' ');
  const event = {
    version: '2.0',
    routeKey: route,
    rawPath: address.replace(/\{(\w+)\}/g, (_, name) => path[name] ?? ''),
    pathParameters: path,
    queryStringParameters: query,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: { http: { method }, authorizer: { jwt: { claims: claimsOf(as), scopes: null } } },
  } as unknown as APIGatewayProxyEventV2;
  const answer = await handler(event, {} as Context);
  const etag = String(answer.headers?.['etag']);
  return {
    status: answer.statusCode,
    headers: answer.headers,
    etag,
    text: answer.body ?? '',
    body: /json/.test(String(answer.headers?.['content-type'])) ? JSON.parse(answer.body || '{}') : {},
  };
}
