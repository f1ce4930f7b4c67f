/** The one origin as CloudFront serves it: behaviors, policies and origins of the template's distribution, but no cache. */
import {
  type Behavior,
  type EdgeTemplate,
  type Origin,
  readBehaviors,
  type Servers,
} from './edge-behaviors.ts';
import { splitUrl } from './http-event.ts';
import { type Reply, toMessage } from './http-reply.ts';
import type { SiteRequest, SiteServer } from './site-request.ts';

/** Undefined when the template has no distribution. */
export function createEdge(template: EdgeTemplate, servers: Servers): SiteServer | undefined {
  const behaviors = readBehaviors(template, servers);
  return behaviors && ((request) => answer(behaviors, request));
}

async function answer(behaviors: Behavior[], request: SiteRequest): Promise<Reply | undefined> {
  const { path, query } = splitUrl(request);
  // Matched as RFC 3986 normalises it, sent on as it came.
  const pathname = URL.parse(`http://edge${path}`)?.pathname ?? path;
  const behavior = behaviors.find((each) => each.path.test(pathname));
  if (!behavior) return undefined;
  if (!behavior.methods.includes(request.method))
    return toErrorPage(
      403,
      'This distribution is not configured to allow the HTTP request method that was used for this request.',
    );
  const { forwarding, origin, addHeaders } = behavior;
  const reply = await ask(origin, {
    ...request,
    url: [path, ...toQuery(query, behavior)].join('?'),
    headers: toOriginHeaders(request, behavior),
  });
  return addHeaders(request, forwarding.cookies ? reply : { ...reply, cookies: [] });
}

/** The answer, or that there was none in time; the origin goes on with what it is doing. */
async function ask({ serve, readTimeout }: Origin, request: SiteRequest): Promise<Reply> {
  const { promise: late, resolve } = Promise.withResolvers<Reply>();
  const page = toErrorPage(
    504,
    'CloudFront attempted to establish a connection with the origin, but failed.',
  );
  const timer = setTimeout(resolve, readTimeout, page);
  try {
    return (await Promise.race([serve(request), late])) ?? toMessage(404, 'Not Found');
  } finally {
    clearTimeout(timer);
  }
}

function toQuery(query: string, { forwarding }: Behavior): string[] {
  const kept = query.split('&').filter((pair) => {
    const [name] = new URLSearchParams(pair).keys();
    return name !== undefined && forwarding.query(name);
  });
  return kept.length > 0 ? [kept.join('&')] : [];
}

/** By them a cache asks whether what it has is still good, and so they go on from a viewer, too. */
const ALWAYS = ['if-none-match', 'if-match', 'if-modified-since', 'if-unmodified-since', 'range', 'if-range'];

function toOriginHeaders(request: SiteRequest, { forwarding, origin }: Behavior): SiteRequest['headers'] {
  const kept = Object.entries(request.headers).filter(([name]) =>
    name === 'cookie' ? forwarding.cookies : ALWAYS.includes(name) || forwarding.header(name),
  );
  return {
    'user-agent': ['Amazon CloudFront'],
    ...Object.fromEntries(kept),
    host: [origin.host],
    'x-forwarded-for': [...(request.headers['x-forwarded-for'] ?? []), request.from],
    ...origin.headers,
  };
}

/** What CloudFront says itself. */
function toErrorPage(status: number, text: string): Reply {
  const title = 'ERROR: The request could not be satisfied';
  const body = `<!doctype html><title>${title}</title><h1>${status} ${title}</h1><p>${text}</p>\n`;
  return { status, headers: { 'content-type': 'text/html', 'x-cache': 'Error from cloudfront' }, body };
}
