/** A real server on a free port for the host's listeners, and templates made by hand. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listener, Properties } from '../../infra/local/contract.ts';

interface Resource {
  type: string;
  properties: Properties;
}

/** Answers with the listeners made for the server's own origin; what none of them knows is a 404. */
export async function serve(listenersFor: (origin: string) => Listener[] | Promise<Listener[]>) {
  const listeners: Listener[] = [];
  const server = createServer(async (request, response) => {
    for (const listener of listeners) if (await listener(request, response)) return;
    response.writeHead(404).end('nobody');
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  listeners.push(...(await listenersFor(origin)));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { origin, close };
}

/** Names are the logical ids. */
export function aTemplate(resources: Record<string, Resource>) {
  return {
    resources: new Map(Object.entries(resources)),
    nameOf: (id: string) => id,
    functionId: (arn: string) => arn.split(':').at(-1) ?? '',
    ofType: (type: string): [string, Properties][] =>
      Object.entries(resources)
        .filter(([, resource]) => resource.type === type)
        .map(([id, { properties }]) => [id, properties]),
  };
}

/** An HTTP API with one function per route, named `Fn0`, `Fn1`, … in the order given. */
export function anHttpApi(
  routes: Record<string, Record<string, unknown>>,
  options: { api?: object; stage?: object; issuer?: string } = {},
) {
  const resources: Record<string, Resource> = {
    Api: { type: 'AWS::ApiGatewayV2::Api', properties: { ProtocolType: 'HTTP', ...options.api } },
    Stage: { type: 'AWS::ApiGatewayV2::Stage', properties: { StageName: '$default', ...options.stage } },
    Campaigners: {
      type: 'AWS::ApiGatewayV2::Authorizer',
      properties: {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: options.issuer, Audience: ['groundswell'] },
      },
    },
  };
  for (const [index, [key, properties]] of Object.entries(routes).entries()) {
    const IntegrationUri = `arn:aws:lambda:local-region:000000000000:function:Fn${index}`;
    resources[`Fn${index}`] = { type: 'AWS::Lambda::Function', properties: {} };
    resources[`Integration${index}`] = {
      type: 'AWS::ApiGatewayV2::Integration',
      properties: {
        IntegrationType: 'AWS_PROXY',
        PayloadFormatVersion: '2.0',
        IntegrationUri,
      },
    };
    resources[`Route${index}`] = {
      type: 'AWS::ApiGatewayV2::Route',
      properties: { RouteKey: key, Target: `integrations/Integration${index}`, ...properties },
    };
  }
  return aTemplate(resources);
}

export const withJwt = { AuthorizationType: 'JWT', AuthorizerId: 'Campaigners' };
