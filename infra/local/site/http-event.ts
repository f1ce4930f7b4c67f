/** Turns an HTTP request into the event of API Gateway's payload format 2.0. */
import { randomBytes } from 'node:crypto';
import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from 'aws-lambda';
import { ACCOUNT } from '../template/resource-types.ts';
import type { RouteMatch } from './http-routes.ts';
import type { JwtContext } from './jwt-authorizer.ts';
import { headerOf, type SiteRequest } from './site-request.ts';

export type HttpApiEvent = APIGatewayProxyEventV2WithRequestContext<
  APIGatewayEventRequestContextV2 & { authorizer?: { jwt: JwtContext } }
>;
interface HttpCall extends RouteMatch {
  apiId: string;
  /** Decoded, as API Gateway hands it on. */
  path: string;
  body: Buffer;
  jwt: JwtContext | undefined;
}

export function toHttpApiEvent(request: SiteRequest, call: HttpCall): HttpApiEvent {
  const rawQueryString = splitUrl(request).query;
  const cookies = headerOf(request, 'cookie')?.split('; ');
  const isBase64Encoded = call.body.length > 0 && !isText(headerOf(request, 'content-type'));
  return {
    version: '2.0',
    routeKey: call.route.key,
    rawPath: call.path,
    rawQueryString,
    ...(cookies && { cookies }),
    headers: toHeaders(request),
    ...(rawQueryString && { queryStringParameters: toQuery(rawQueryString) }),
    requestContext: toContext(request, call),
    ...(call.body.length > 0 && { body: call.body.toString(isBase64Encoded ? 'base64' : 'utf8') }),
    ...(Object.keys(call.parameters).length > 0 && { pathParameters: call.parameters }),
    isBase64Encoded,
  };
}

export function splitUrl({ url = '/' }: { url?: string | undefined }): { path: string; query: string } {
  const mark = url.indexOf('?');
  return mark < 0 ? { path: url, query: '' } : { path: url.slice(0, mark), query: url.slice(mark + 1) };
}

function toContext(request: SiteRequest, call: HttpCall): HttpApiEvent['requestContext'] {
  const now = new Date();
  const domainName = (headerOf(request, 'host') ?? 'localhost').replace(/:\d+$/, '');
  return {
    accountId: ACCOUNT,
    apiId: call.apiId,
    domainName,
    domainPrefix: domainName.split('.')[0] ?? '',
    http: {
      method: request.method,
      path: call.path,
      protocol: `HTTP/${request.httpVersion}`,
      sourceIp: request.from,
      userAgent: headerOf(request, 'user-agent') ?? '',
    },
    requestId: randomBytes(11).toString('base64url').concat('='),
    routeKey: call.route.key,
    stage: '$default',
    time: toLogTime(now),
    timeEpoch: now.getTime(),
    ...(call.jwt && { authorizer: { jwt: call.jwt } }),
  };
}

/** What HTTP APIs hand on as text; all else, forms and bodies of no declared type too, comes as base64 (ministack #766). */
function isText(contentType = ''): boolean {
  return /^(text\/[^;]*|application\/(json|xml|javascript))\s*(;|$)/i.test(contentType.trim());
}

/** Cookies travel apart, and what concerns only the connection does not travel. */
function toHeaders(request: SiteRequest): Record<string, string> {
  const dropped = ['cookie', 'connection', 'keep-alive', 'transfer-encoding', 'upgrade'];
  const sent = Object.entries(request.headers).filter(([name]) => !dropped.includes(name));
  const headers = Object.fromEntries(sent.map(([name, values]) => [name, values.join(',')]));
  const forwarded = headers['x-forwarded-for'];
  return {
    ...headers,
    'x-amzn-trace-id': `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString('hex')}`,
    'x-forwarded-for': forwarded ? `${forwarded}, ${request.from}` : request.from,
    'x-forwarded-port': String(request.port),
    'x-forwarded-proto': 'http',
  };
}

function toQuery(raw: string): Record<string, string> {
  const query = new URLSearchParams(raw);
  return Object.fromEntries([...new Set(query.keys())].map((name) => [name, query.getAll(name).join(',')]));
}

/** The common log format: `12/Mar/2020:19:03:58 +0000`. */
function toLogTime(at: Date): string {
  const [, day, month, year, time] = at.toUTCString().split(' ');
  return `${day}/${month}/${year}:${time} +0000`;
}
