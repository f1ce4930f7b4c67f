import { expect, test } from 'vitest';
import { toOpenApi } from '../../docs/open-api.ts';
import { aTemplate } from '../support/a-template.ts';

interface Route {
  RouteKey: string;
  AuthorizationType?: string;
}

test('the description of the API and the stack have the same operations, and the same ones ask for a token', () => {
  expect(describedRoutes()).toEqual(deployedRoutes());
});

test('a page elsewhere may read every header that the API describes', () => {
  const apis = aTemplate().findResources('AWS::ApiGatewayV2::Api');
  const exposed = Object.values(apis).flatMap((api) => api['Properties'].CorsConfiguration.ExposeHeaders);
  expect(exposed).toEqual(expect.arrayContaining(describedHeaders()));
});

/** Of all answers, but for those that pages may always read. */
function describedHeaders(): string[] {
  interface Operation {
    responses: Record<string, { headers?: object }>;
  }
  const operations = Object.values(toOpenApi().paths ?? {}).flatMap((item) =>
    Object.values(item as Record<string, Operation>),
  );
  const names = operations
    .flatMap(({ responses }) => Object.values(responses))
    .flatMap(({ headers = {} }) => Object.keys(headers));
  return [...new Set(names)].filter((name) => name !== 'cache-control');
}

/** Routes of the API by whether they ask for a campaigner's token; pages that are nothing but pages, and their files, are no part of it. */
function deployedRoutes(): Record<string, string> {
  const resources = aTemplate().findResources('AWS::ApiGatewayV2::Route');
  const routes = Object.values(resources).map((resource) => resource['Properties'] as Route);
  return toSorted(
    routes
      .filter(({ RouteKey }) => / \/(?:v1\/|letters\/|oembed$|openapi\.json$)/.test(RouteKey))
      .map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType === 'JWT' ? 'token' : 'public']),
  );
}

function describedRoutes(): Record<string, string> {
  const paths = Object.entries(toOpenApi().paths ?? {});
  return toSorted(
    paths.flatMap(([path, item]) =>
      Object.entries(item as Record<string, { security?: unknown }>).map(([method, { security }]) => [
        `${method.toUpperCase()} ${path}`,
        security ? 'token' : 'public',
      ]),
    ),
  );
}

function toSorted(entries: string[][]): Record<string, string> {
  return Object.fromEntries(entries.sort(([a = ''], [b = '']) => a.localeCompare(b)));
}
