/** A web process around a function's bundle (LAMBDA_TASK_ROOT): turns HTTP into API Gateway's events, and nothing more. */
import { subscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { edgeHeader } from '../../shared/http/edge-key.ts';
import { tellMeasures } from './measured.ts';

type Handler = (event: unknown, context: unknown) => Promise<APIGatewayProxyStructuredResultV2>;

/** The CDN proves by a header that it is ours: see shared/http/edge-key.ts. */
const edge = { [edgeHeader]: process.env['EDGE_KEY']?.split(' ')[0] };
const context = { functionName: 'measured', getRemainingTimeInMillis: () => 10_000 };
const { handler }: { handler: Handler } = createRequire(import.meta.url)(
  join(process.env['LAMBDA_TASK_ROOT'] ?? '', 'index.js'),
);
let requests = 0;
for (const sent of ['http.client.request.start', 'undici:request:create']) {
  subscribe(sent, () => {
    requests += 1;
  });
}
const server = createServer(async (request, response) => {
  const {
    statusCode = 500,
    headers = {},
    body,
  } = await handler(toEvent(request, await read(request)), context);
  response.writeHead(statusCode, headers as Record<string, string>).end(body);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  tellMeasures(`http://127.0.0.1:${port}`, () => requests);
});

/** Payload format 2.0. */
function toEvent({ method = '', url = '', headers }: IncomingMessage, body: string) {
  const slug = url.split('/')[3];
  return {
    version: '2.0',
    routeKey: 'POST /v1/campaigns/{slug}/signatures',
    rawPath: url,
    rawQueryString: '',
    headers: { ...headers, ...edge },
    requestContext: {
      http: { method, path: url, protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: '' },
    },
    pathParameters: { slug },
    body,
    isBase64Encoded: false,
  };
}

function read(request: IncomingMessage): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let body = '';
  request.setEncoding('utf8').on('data', (chunk) => {
    body += chunk;
  });
  request.once('end', () => resolve(body)).once('error', reject);
  return promise;
}
