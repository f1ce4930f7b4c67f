import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { HttpAnswer } from './http-handler.ts';

type Handler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpAnswer>;

/**
 * One function for several routes that need the same rights: a stack has room for 500 resources (ADR 16). Routes are
 * written as infra/rooms writes them: `GET /v1/organisations/{organisation}/members`.
 */
export function byRoute(routes: Record<string, Handler>): Handler {
  return (event, context) => {
    const handler = routes[event.routeKey];
    if (!handler) throw new Error(`This function does not answer ${event.routeKey}`);
    return handler(event, context);
  };
}
