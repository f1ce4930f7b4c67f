/** Reads the HTTP API of a template into routes, and finds the one that answers a request as API Gateway does. */
import type { Resource } from '../contract.ts';
import type { LoadedTemplate } from '../template/template.ts';

export type ApiTemplate = Pick<LoadedTemplate, 'resources' | 'value'>;

/** What stands behind a route: a function, its time limit, its authorizer and its throttle. */
export interface Route {
  /** `GET /v1/campaigns/{slug}` or `$default`. */
  key: string;
  method: string;
  segments: string[];
  functionId: string;
  functionArn: string;
  timeoutMs: number;
  /** Logical id of the JWT authorizer, if the route has one. */
  authorizerId?: string;
  scopes: string[];
  rateLimit: number;
  burstLimit: number;
}
export interface HttpApi {
  id: string;
  routes: Route[];
  // biome-ignore lint/suspicious/noExplicitAny: the CorsConfiguration of the template, as it stands.
  cors?: Record<string, any>;
}
export interface RouteMatch {
  route: Route;
  parameters: Record<string, string>;
}

/** Throws when the template declares something of an HTTP API that the local host cannot run. */
export function readHttpApi(template: ApiTemplate): HttpApi | undefined {
  const apis = [...template.resources].filter(([, { type }]) => type === 'AWS::ApiGatewayV2::Api');
  if (apis.length > 1) throw new Error('The local host runs one HTTP API; the template declares more.');
  const [id, api] = apis[0] ?? [];
  if (!id || !api) return undefined;
  const stage = [...template.resources.values()].find(({ type }) => type === 'AWS::ApiGatewayV2::Stage');
  if (stage && stage.properties['StageName'] !== '$default')
    throw new Error(`The local host runs only the stage $default, not ${stage.properties['StageName']}.`);
  const routes = [...template.resources.values()]
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
    .map((route) => readRoute(template, route, stage))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const cors = api.properties['CorsConfiguration'];
  return { id, routes, ...(cors && { cors }) };
}

/**
 * Every route whose path fits, most specific first: literal segments before variables, variables before `{proxy+}`,
 * a method before ANY, `$default` last. `path` is decoded: API Gateway decodes before it routes.
 */
export function matchPath(routes: Route[], path: string): RouteMatch[] {
  const segments = path.split('/').slice(1);
  return routes.flatMap((route) => {
    const parameters = parametersOf(route.segments, segments);
    return parameters ? [{ route, parameters }] : [];
  });
}

export function acceptsMethod(route: Route, method = ''): boolean {
  return route.method === 'ANY' || route.method === method;
}

function readRoute(template: ApiTemplate, { properties }: Resource, stage?: Resource): Route {
  const key: string = properties['RouteKey'];
  const [method = 'ANY', path = '/{default+}'] = key === '$default' ? [] : key.split(' ');
  const integration = template.resources.get(String(properties['Target']).split('/')[1] ?? '')?.properties;
  if (integration?.['IntegrationType'] !== 'AWS_PROXY' || integration['PayloadFormatVersion'] !== '2.0')
    throw new Error(`Route ${key}: only Lambda integrations of payload format 2.0 run locally.`);
  const throttle = stage?.properties['RouteSettings']?.[key] ?? stage?.properties['DefaultRouteSettings'];
  return {
    key,
    method,
    segments: path.split('/').slice(1),
    functionId: functionIdOf(template, integration['IntegrationUri']),
    functionArn: integration['IntegrationUri'],
    timeoutMs: integration['TimeoutInMillis'] ?? 30_000,
    ...(properties['AuthorizationType'] === 'JWT' && { authorizerId: properties['AuthorizerId'] }),
    scopes: properties['AuthorizationScopes'] ?? [],
    rateLimit: throttle?.ThrottlingRateLimit ?? Number.POSITIVE_INFINITY,
    burstLimit: throttle?.ThrottlingBurstLimit ?? Number.POSITIVE_INFINITY,
  };
}

/** The ARN may end in an alias or a version, which are the function itself here. */
function functionIdOf(template: ApiTemplate, arn: string): string {
  const functions = [...template.resources].filter(([, { type }]) => type === 'AWS::Lambda::Function');
  const [id] = functions.find(([each]) => `${arn}:`.startsWith(`${template.value(each, 'Arn')}:`)) ?? [];
  if (!id) throw new Error(`No function of the template is ${arn}.`);
  return id;
}

function rank({ key, method, segments }: Route): string {
  if (key === '$default') return '9';
  const kinds = segments.map((segment) =>
    segment.endsWith('+}') ? '2' : segment.startsWith('{') ? '1' : '0',
  );
  return `${kinds.join('')}${method === 'ANY' ? '1' : '0'}`;
}

function parametersOf(pattern: string[], segments: string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  if (pattern[0] === '{default+}') return parameters;
  for (const [index, part] of pattern.entries()) {
    const greedy = part.endsWith('+}');
    const value = greedy ? segments.slice(index).join('/') : (segments[index] ?? '');
    if (part.startsWith('{') ? value === '' : value !== part) return undefined;
    if (part.startsWith('{')) parameters[part.slice(1, greedy ? -2 : -1)] = value;
    if (greedy) return parameters;
  }
  return pattern.length === segments.length ? parameters : undefined;
}
