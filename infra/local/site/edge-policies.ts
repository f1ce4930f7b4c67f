/** CloudFront's policies: what of a viewer's request reaches the origin, and which headers are added to the answer. */
import type { Properties } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { expectOnly } from '../template/understood.ts';
import type { Reply } from './http-reply.ts';
import type { SiteRequest } from './site-request.ts';

/** What goes on to the origin: of headers (names in lower case), of the query, and all cookies or none. */
export interface Forwarding {
  header(name: string): boolean;
  query(name: string): boolean;
  cookies: boolean;
}
type Policies = Pick<Template, 'resources'>;

const NOTHING = {
  HeadersConfig: { HeaderBehavior: 'none' },
  CookiesConfig: { CookieBehavior: 'none' },
  QueryStringsConfig: { QueryStringBehavior: 'none' },
};
/** AWS's own policies, which no template declares. */
const MANAGED: Record<string, Properties> = {
  // CachingDisabled, CachingOptimized: keys of the path alone. How long is of no matter: nothing is kept here.
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': NOTHING,
  '658327ea-f89d-4fab-a63d-7e88639e58f6': NOTHING,
  // AllViewerExceptHostHeader
  'b689b0a8-53d0-40ab-baf2-68738e2966ac': {
    HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['host'] },
    CookiesConfig: { CookieBehavior: 'all' },
    QueryStringsConfig: { QueryStringBehavior: 'all' },
  },
};

/** What is in the cache's key goes on, and what the origin request policy adds to it. */
export function readForwarding(template: Policies, behavior: Properties): Forwarding {
  const parts = [readKey(template, behavior['CachePolicyId'])];
  const added = behavior['OriginRequestPolicyId'];
  if (added) parts.push(readAdded(template, added));
  const selections = parts.map(toForwarding);
  return {
    header: (name) => selections.some((each) => each.header(name)),
    query: (name) => selections.some((each) => each.query(name)),
    cookies: selections.some((each) => each.cookies),
  };
}

function readKey(template: Policies, id: string): Properties {
  if (MANAGED[id]) return MANAGED[id];
  const config = configOf(template, id, 'CachePolicyConfig');
  const parameters = 'ParametersInCacheKeyAndForwardedToOrigin';
  expectOnly(`Cache policy ${id}`, config, ['Name', 'Comment', 'MinTTL', 'MaxTTL', 'DefaultTTL', parameters]);
  const { EnableAcceptEncodingBrotli, EnableAcceptEncodingGzip, ...key } = config[parameters];
  return key;
}

function readAdded(template: Policies, id: string): Properties {
  if (MANAGED[id]) return MANAGED[id];
  const { Name, Comment, ...config } = configOf(template, id, 'OriginRequestPolicyConfig');
  return config;
}

function configOf({ resources }: Policies, id: string, property: string): Properties {
  const config = resources.get(id)?.properties[property];
  if (!config) throw new Error(`The local host does not know CloudFront's policy ${id}.`);
  return config;
}

function toForwarding(config: Properties): Forwarding {
  expectOnly('A policy of CloudFront', config, ['HeadersConfig', 'CookiesConfig', 'QueryStringsConfig']);
  const { HeadersConfig: headers, CookiesConfig: cookies, QueryStringsConfig: query } = config;
  return {
    header: toSelection(
      headers.HeaderBehavior,
      headers.Headers?.map((name: string) => name.toLowerCase()),
    ),
    query: toSelection(query.QueryStringBehavior, query.QueryStrings),
    // Some of the cookies cannot be chosen here: `whitelist` without a list is refused.
    cookies: toSelection(cookies.CookieBehavior)(''),
  };
}

function toSelection(behavior: string, names?: string[]): (name: string) => boolean {
  if (behavior === 'none') return () => false;
  if (behavior === 'all') return () => true;
  if (behavior === 'whitelist' && names) return (name) => names.includes(name);
  if (behavior === 'allExcept' && names) return (name) => !names.includes(name);
  throw new Error(`The local host does not know how CloudFront forwards "${behavior}".`);
}

/** Adds a response headers policy's headers to an answer. */
export type AddHeaders = (request: SiteRequest, reply: Reply) => Reply;

export function readResponseHeaders(template: Policies, id: string | undefined): AddHeaders {
  if (!id) return (_, reply) => reply;
  const config = configOf(template, id, 'ResponseHeadersPolicyConfig');
  expectOnly(`Response headers policy ${id}`, config, [
    'Name',
    'Comment',
    'CorsConfig',
    'SecurityHeadersConfig',
  ]);
  const { CorsConfig: cors, SecurityHeadersConfig: security = {} } = config;
  expectOnly(`Response headers policy ${id}`, security, ['ContentTypeOptions']);
  return (request, reply) => {
    const headers = { ...reply.headers };
    if (security.ContentTypeOptions) headers['x-content-type-options'] = 'nosniff';
    return withCors(cors, request, { ...reply, headers });
  };
}

/** CORS headers are for who sends `Origin`; those of the origin stand only where they are not overridden. */
function withCors(cors: Properties | undefined, request: SiteRequest, reply: Reply): Reply {
  if (!cors || !request.headers['origin']) return reply;
  const list = (property: string) => cors[property]?.Items.join(', ');
  const added = {
    'access-control-allow-origin': list('AccessControlAllowOrigins'),
    'access-control-expose-headers': list('AccessControlExposeHeaders'),
    ...(request.method === 'OPTIONS' && {
      'access-control-allow-methods': list('AccessControlAllowMethods'),
      'access-control-allow-headers': list('AccessControlAllowHeaders'),
      ...(cors['AccessControlMaxAgeSec'] && {
        'access-control-max-age': `${cors['AccessControlMaxAgeSec']}`,
      }),
    }),
  };
  return {
    ...reply,
    headers: cors['OriginOverride'] ? { ...reply.headers, ...added } : { ...added, ...reply.headers },
  };
}
