/** What goes back over HTTP: a function's result in payload format 2.0, or the words of API Gateway itself. */
import { type IncomingMessage, type ServerResponse, validateHeaderValue } from 'node:http';
import type { Json } from '../contract.ts';

export interface Reply {
  status: number;
  headers: Record<string, string>;
  cookies?: string[];
  body: string | Buffer;
}

/** An answer of the gateway's own: `{"message": …}`. */
export function toMessage(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ message }),
  };
}

/** A result with no `statusCode` is the body of a 200 in JSON. Throws for what API Gateway calls malformed. */
export function fromResult(result: Json): Reply {
  if (Object(result).statusCode === undefined) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded } = result;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 200 || status > 599) throw new TypeError('malformed statusCode');
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  for (const [name, value] of own) validateHeaderValue(name, value);
  return {
    status,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(own) },
    cookies,
    body: Buffer.from(String(body), isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export function sendReply(response: ServerResponse, { status, headers, cookies = [], body }: Reply): void {
  const bodiless = status === 204 || status === 304;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  if (bodiless) response.removeHeader('content-type');
  else response.setHeader('content-length', Buffer.byteLength(body));
  response.writeHead(status).end(bodiless ? undefined : body);
}

/** The whole body, or undefined when it is longer than `limit` bytes. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  // Ending the iteration early must not destroy the request: its socket still carries the answer.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
