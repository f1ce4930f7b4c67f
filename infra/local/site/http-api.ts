/** Serves the HTTP API of the template: routes, authorizers, throttles and CORS as API Gateway v2 has them. */
import type { IncomingMessage } from 'node:http';
import { FunctionError, type Invoke, type Listener } from '../contract.ts';
import { splitUrl, toHttpApiEvent } from './http-event.ts';
import { fromResult, type Reply, readBody, sendReply, toMessage } from './http-reply.ts';
import {
  type ApiTemplate,
  acceptsMethod,
  type HttpApi,
  matchPath,
  type RouteMatch,
  readHttpApi,
} from './http-routes.ts';
import { createJwtAuthorizer, type JwtAuthorizer } from './jwt-authorizer.ts';

/** HTTP APIs take payloads of at most 10 MB. */
const bodyLimit = 10 * 1024 * 1024;

interface Gateway {
  api: HttpApi;
  authorizers: Map<string, JwtAuthorizer>;
  /** Takes a token of the route's bucket; false when there is none. */
  admit: (match: RouteMatch) => boolean;
  invoke: Invoke;
}

/** Resolves false for a path that no route knows, whatever the method; a known path with another method is a 404. */
export function serveHttpApi(options: { template: ApiTemplate; invoke: Invoke }): Listener {
  const api = readHttpApi(options.template);
  if (!api) return async () => false;
  const authorizers = readAuthorizers(options.template);
  const gateway: Gateway = { api, authorizers, admit: createThrottle(), invoke: options.invoke };
  return async (request, response) => {
    const path = decodePath(splitUrl(request).path);
    const matches = path === undefined ? [] : matchPath(api.routes, path);
    if (path !== undefined && matches.length === 0) return false;
    const reply =
      path === undefined ? toMessage(400, 'Bad Request') : await answer(gateway, request, path, matches);
    if (!request.complete) response.setHeader('connection', 'close');
    sendReply(response, withCors(api, request, reply));
    request.resume();
    return true;
  };
}

async function answer(
  gateway: Gateway,
  request: IncomingMessage,
  path: string,
  matches: RouteMatch[],
): Promise<Reply> {
  if (gateway.api.cors && isPreflight(request)) return { status: 204, headers: {}, body: '' };
  const match = matches.find(({ route }) => acceptsMethod(route, request.method));
  if (!match) return toMessage(404, 'Not Found');
  if (!gateway.admit(match)) return toMessage(429, 'Too Many Requests');
  try {
    const { route } = match;
    const authorize = route.authorizerId ? gateway.authorizers.get(route.authorizerId) : undefined;
    const jwt = await authorize?.(request.headers.authorization, route.scopes);
    if (jwt && 'challenge' in jwt)
      return toMessage(jwt.status, jwt.message, { 'www-authenticate': jwt.challenge });
    const body = await readBody(request, bodyLimit);
    if (!body) return toMessage(413, 'Request Entity Too Large');
    const event = toHttpApiEvent(request, {
      ...match,
      apiId: gateway.api.id,
      path,
      body,
      jwt,
      now: new Date(),
    });
    const result = await within(route.timeoutMs, gateway.invoke(route.functionId, event));
    return result === timedOut ? toMessage(503, 'Service Unavailable') : fromResult(result);
  } catch (error) {
    // A caller is told no more than on AWS; what a function threw is in its own log.
    if (!(error instanceof FunctionError)) console.error(`${request.method} ${path}:`, error);
    return toMessage(500, 'Internal Server Error');
  }
}

function readAuthorizers(template: ApiTemplate): Map<string, JwtAuthorizer> {
  const declared = [...template.resources].filter(([, { type }]) => type === 'AWS::ApiGatewayV2::Authorizer');
  return new Map(
    declared.map(([id, { properties }]) => {
      const { AuthorizerType, IdentitySource, JwtConfiguration } = properties;
      if (
        AuthorizerType !== 'JWT' ||
        String(IdentitySource).toLowerCase() !== '$request.header.authorization'
      )
        throw new Error(`Authorizer ${id}: only JWTs in the Authorization header are checked locally.`);
      return [
        id,
        createJwtAuthorizer({ issuer: JwtConfiguration.Issuer, audience: JwtConfiguration.Audience }),
      ];
    }),
  );
}

/** A token bucket a route, refilled at the stage's rate limit and as deep as its burst limit. */
function createThrottle(): (match: RouteMatch) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ route }) => {
    if (!Number.isFinite(route.rateLimit)) return true;
    const now = Date.now();
    const last = buckets.get(route.key) ?? { tokens: route.burstLimit, at: now };
    const tokens = Math.min(route.burstLimit, last.tokens + ((now - last.at) / 1000) * route.rateLimit);
    buckets.set(route.key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1;
  };
}

/** Where the API declares CORS, its headers take the place of the function's; elsewhere the function's stand. */
function withCors({ cors }: HttpApi, request: IncomingMessage, reply: Reply): Reply {
  const { origin } = request.headers;
  if (!cors) return reply;
  const kept = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'));
  const any = cors['AllowOrigins']?.includes('*');
  if (!origin || !(any || cors['AllowOrigins']?.includes(origin)))
    return { ...reply, headers: Object.fromEntries(kept) };
  const headers: Record<string, string> = {
    ...Object.fromEntries(kept),
    'access-control-allow-origin': any && !cors['AllowCredentials'] ? '*' : origin,
  };
  if (cors['AllowCredentials']) headers['access-control-allow-credentials'] = 'true';
  if (cors['ExposeHeaders']) headers['access-control-expose-headers'] = cors['ExposeHeaders'].join(',');
  if (!isPreflight(request)) return { ...reply, headers };
  if (cors['AllowMethods']) headers['access-control-allow-methods'] = cors['AllowMethods'].join(',');
  if (cors['AllowHeaders']) headers['access-control-allow-headers'] = cors['AllowHeaders'].join(',');
  if (cors['MaxAge'] !== undefined) headers['access-control-max-age'] = String(cors['MaxAge']);
  return { ...reply, headers };
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && Boolean(headers.origin && headers['access-control-request-method']);
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const timedOut = Symbol('timed out');

/** The work's result, or `timedOut` once the integration's time limit has passed. */
async function within(ms: number, work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<typeof timedOut>((resolve) => {
    timer = setTimeout(() => resolve(timedOut), ms);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
