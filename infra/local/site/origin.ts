import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Listener } from '../contract.ts';

/** The one origin that people and tests use. */
export interface Origin {
  url: string;
  /** Serves these from now on, the first that knows a path; until then everything is 503. */
  open(listeners: Listener[]): void;
  /** Takes no more requests and resolves once those in flight are answered, or after 5 s. */
  close(): Promise<void>;
}

export async function openOrigin(port: number): Promise<Origin> {
  let listeners: Listener[] | undefined;
  const server = createServer((request, response) => {
    serve(listeners, request, response).catch(() => response.destroy());
  });
  return {
    url: `http://localhost:${await listen(server, port)}`,
    open: (all) => {
      listeners = all;
    },
    close: () => closeServer(server),
  };
}

async function serve(
  listeners: Listener[] | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!listeners) return send(response, 503, { message: 'Starting' });
  if (request.url?.split('?')[0] === '/healthz') return send(response, 200, { status: 'ok' });
  for (const listener of listeners) if (await listener(request, response)) return;
  send(response, 404, { message: 'Not Found' });
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Listens on 127.0.0.1 and resolves with the port. Rejects in plain words when the port is taken. */
export async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (Object(error).code !== 'EADDRINUSE') throw error;
    throw new Error(`Port ${port} is in use. Stop what listens there, or set PORT to another one.`);
  }
  return (server.address() as AddressInfo).port;
}

/** Resolves once a server's requests are answered, or after 5 s; at once if it was closed before. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, 'close');
  server.close();
  const limit = setTimeout(() => server.closeAllConnections(), 5000);
  await closed;
  clearTimeout(limit);
}
