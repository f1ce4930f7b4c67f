/** The HTTP API of the template: routes, authorizers, throttles and CORS as API Gateway v2 has them. */
import { FunctionError, type Invoke } from '../contract.ts';
import { splitUrl, toHttpApiEvent } from './http-event.ts';
import { fromResult, type Reply, toMessage } from './http-reply.ts';
import {
  type ApiTemplate,
  type HttpApi,
  matchPath,
  type Route,
  type RouteMatch,
  readHttpApi,
} from './http-routes.ts';
import { headerOf, type SiteRequest, type SiteServer } from './site-request.ts';

/** HTTP APIs take payloads of at most 10 MB. */
const BODY_LIMIT = 10 * 1024 * 1024;

/** A path that no route knows, whatever the method, is left to others; a known path with another method is a 404. */
export function createHttpApi(template: ApiTemplate, invoke: Invoke): SiteServer {
  const api = readHttpApi(template);
  if (!api) return async () => undefined;
  const admit = createThrottle();
  return async (request) => {
    const path = decodePath(splitUrl(request).path);
    const matches = path === undefined ? [] : matchPath(api.routes, path);
    if (path !== undefined && matches.length === 0) return undefined;
    const reply = path === undefined ? toMessage(400, 'Bad Request') : await answer(request, path, matches);
    return withCors(api, request, reply);
  };

  async function answer(request: SiteRequest, path: string, matches: RouteMatch[]): Promise<Reply> {
    if (api?.cors && isPreflight(request)) return { status: 204, headers: {}, body: '' };
    const match = matches.find(({ route }) => route.method === 'ANY' || route.method === request.method);
    if (!match) return toMessage(404, 'Not Found');
    if (!admit(match.route)) return toMessage(429, 'Too Many Requests');
    try {
      const jwt = await match.route.authorize?.(headerOf(request, 'authorization'));
      if (match.route.authorize && !jwt)
        return toMessage(401, 'Unauthorized', { 'www-authenticate': 'Bearer' });
      const body = await request.readBody(BODY_LIMIT);
      if (!body) return toMessage(413, 'Request Entity Too Large');
      const event = toHttpApiEvent(request, { ...match, apiId: api?.id ?? '', path, body, jwt });
      return fromResult(await invoke(match.route.functionId, event));
    } catch (error) {
      // A caller is told no more than on AWS; what a function threw is in its own log.
      if (!(error instanceof FunctionError)) console.error(`${request.method} ${path}:`, error);
      return toMessage(500, 'Internal Server Error');
    }
  }
}

/** A token bucket a route, refilled at the stage's rate limit and as deep as its burst limit; false when it is empty. */
function createThrottle(): (route: Route) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>();
  return ({ key, throttle }) => {
    if (!throttle) return true;
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = throttle;
    const now = Date.now();
    const last = buckets.get(key) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, last.tokens + ((now - last.at) / 1000) * rate);
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now });
    return tokens >= 1;
  };
}

const CORS_HEADERS = { ExposeHeaders: 'access-control-expose-headers' };
const PREFLIGHT_HEADERS = {
  AllowMethods: 'access-control-allow-methods',
  AllowHeaders: 'access-control-allow-headers',
  MaxAge: 'access-control-max-age',
};

/** Where the API declares CORS, its headers take the place of the function's; elsewhere the function's stand. */
function withCors({ cors }: HttpApi, request: SiteRequest, reply: Reply): Reply {
  const origin = headerOf(request, 'origin');
  if (!cors) return reply;
  const headers = Object.entries(reply.headers).filter(([name]) => !name.startsWith('access-control-'));
  const any = cors['AllowOrigins']?.includes('*');
  if (origin && (any || cors['AllowOrigins']?.includes(origin))) {
    headers.push(['access-control-allow-origin', any ? '*' : origin]);
    for (const [key, name] of Object.entries(isPreflight(request) ? PREFLIGHT_HEADERS : CORS_HEADERS))
      if (cors[key] !== undefined) headers.push([name, String(cors[key])]);
  }
  return { ...reply, headers: Object.fromEntries(headers) };
}

function isPreflight({ method, headers }: SiteRequest): boolean {
  return method === 'OPTIONS' && Boolean(headers['origin'] && headers['access-control-request-method']);
}

function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
