import type { IncomingMessage } from 'node:http';
import type { Listener } from '../contract.ts';
import { type Reply, readBody, sendReply } from './http-reply.ts';

/** A request on its way through the site: as it came, or as the CDN hands it on. */
export interface SiteRequest {
  method: string;
  /** Path and query as sent. */
  url: string;
  /** By names in lower case, each value as sent. */
  headers: Record<string, string[]>;
  httpVersion: string;
  /** Who sent it, and the port that it came to. */
  from: string;
  port: number;
  /** The whole body, or undefined when it is longer than `limit` bytes. It can be read once. */
  readBody(limit: number): Promise<Buffer | undefined>;
}
/** Answers a request; undefined when it knows nothing at its path. */
export type SiteServer = (request: SiteRequest) => Promise<Reply | undefined>;

/** Lets a server of requests answer what comes to the one origin. */
export function toListener(server: SiteServer): Listener {
  return async (incoming, response) => {
    const reply = await server(fromIncoming(incoming));
    if (!reply) return false;
    if (!incoming.complete) response.setHeader('connection', 'close');
    sendReply(response, reply);
    incoming.resume();
    return true;
  };
}

/** A header's values as one text. */
export function headerOf({ headers }: SiteRequest, name: string): string | undefined {
  return headers[name]?.join(',');
}

function fromIncoming(incoming: IncomingMessage): SiteRequest {
  const { method = 'GET', url = '/', httpVersion, headersDistinct, socket } = incoming;
  const headers = Object.entries(headersDistinct).map(([name, values = []]) => [name, values] as const);
  return {
    method,
    url,
    httpVersion,
    headers: Object.fromEntries(headers),
    from: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    port: socket.localPort ?? 0,
    readBody: (limit) => readBody(incoming, limit),
  };
}
