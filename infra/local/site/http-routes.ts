/** Reads the HTTP API of a template into routes, and finds the one that answers a request as API Gateway does. */
import type { Properties } from '../contract.ts';
import type { Template } from '../template/template.ts';
import { createJwtAuthorizer, type JwtAuthorizer } from './jwt-authorizer.ts';

export type ApiTemplate = Pick<Template, 'ofType' | 'resources' | 'functionId'>;

/** What stands behind a route: a function, its authorizer and its throttle. */
export interface Route {
  /** `GET /v1/campaigns/{slug}` or `$default`. */
  key: string;
  method: string;
  path: RegExp;
  functionId: string;
  authorize: JwtAuthorizer | undefined;
  throttle: { ThrottlingRateLimit: number; ThrottlingBurstLimit: number } | undefined;
}
export interface HttpApi {
  id: string;
  routes: Route[];
  /** The CorsConfiguration of the template, as it stands. */
  cors: Properties | undefined;
}
export interface RouteMatch {
  route: Route;
  parameters: Record<string, string>;
}

/** Throws when the template declares something of an HTTP API that the local host cannot run. */
export function readHttpApi(template: ApiTemplate): HttpApi | undefined {
  const [[id, api] = [], ...others] = template.ofType('AWS::ApiGatewayV2::Api');
  if (others.length > 0) throw new Error('The local host runs one HTTP API; the template declares more.');
  if (!id || !api) return undefined;
  const [[, stage = {}] = []] = template.ofType('AWS::ApiGatewayV2::Stage');
  const authorizers = readAuthorizers(template);
  const routes = template
    .ofType('AWS::ApiGatewayV2::Route')
    .map(([, route]) => readRoute(template, route, stage, authorizers))
    .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return { id, routes, cors: api['CorsConfiguration'] };
}

/**
 * Every route whose path fits, most specific first: literal segments before variables, variables before `{proxy+}`,
 * a method before ANY, `$default` last. `path` is decoded: API Gateway decodes before it routes.
 */
export function matchPath(routes: Route[], path: string): RouteMatch[] {
  return routes.flatMap((route) => {
    const match = route.path.exec(path);
    return match ? [{ route, parameters: { ...match.groups } }] : [];
  });
}

function readAuthorizers(template: ApiTemplate): Map<string, JwtAuthorizer> {
  const declared = template.ofType('AWS::ApiGatewayV2::Authorizer');
  return new Map(
    declared.map(([id, { AuthorizerType, IdentitySource, JwtConfiguration }]) => {
      if (AuthorizerType !== 'JWT' || !/^\$request\.header\.authorization$/i.test(IdentitySource))
        throw new Error(`Authorizer ${id}: only JWTs in the Authorization header are checked locally.`);
      return [id, createJwtAuthorizer(JwtConfiguration.Issuer, JwtConfiguration.Audience)];
    }),
  );
}

function readRoute(
  template: ApiTemplate,
  route: Properties,
  stage: Properties,
  authorizers: Map<string, JwtAuthorizer>,
): Route {
  const key: string = route['RouteKey'];
  const [method = 'ANY', path = ''] = key === '$default' ? [] : key.split(' ');
  const integration = template.resources.get(route['Target'].split('/')[1])?.properties ?? {};
  const { IntegrationType, PayloadFormatVersion, IntegrationUri } = integration;
  if (IntegrationType !== 'AWS_PROXY' || PayloadFormatVersion !== '2.0')
    throw new Error(`Route ${key}: only Lambda integrations of payload format 2.0 run locally.`);
  const authorize = authorizers.get(route['AuthorizerId']);
  if ((!authorize && (route['AuthorizationType'] ?? 'NONE') !== 'NONE') || route['AuthorizationScopes'])
    throw new Error(`Route ${key}: only the template's JWT authorizers run locally, without scopes.`);
  return {
    key,
    method,
    path: key === '$default' ? /^/ : toExpression(path),
    functionId: template.functionId(IntegrationUri),
    authorize,
    throttle: stage['RouteSettings']?.[key] ?? stage['DefaultRouteSettings'],
  };
}

/** `/pets/{id}` or `/pets/{proxy+}`, which takes `/pets/` as well, as an expression whose groups are the path's parameters. */
function toExpression(path: string): RegExp {
  const source = path.replace(/\{(\w+)(\+?)\}|[.*+^$()|[\]\\]/g, (text, name, greedy) => {
    if (!name) return `\\${text}`;
    return greedy ? `(?<${name}>.*)` : `(?<${name}>[^/]+)`;
  });
  return new RegExp(`^${source}$`, 's');
}

function rank({ key, method }: Route): string {
  if (key === '$default') return '9';
  const kinds = key.split('/').map((part) => (part.endsWith('+}') ? '2' : part.startsWith('{') ? '1' : '0'));
  return `${kinds.join('')}${method === 'ANY' ? '1' : '0'}`;
}
