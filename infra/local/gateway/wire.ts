import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ServiceResponse } from '../contract.ts';

/** An AWS exception, as a service's own answer carries it. */
export interface AwsFault {
  name: string;
  message?: string;
  /** HTTP status; 400 unless told, 403 for S3 and SES. */
  status?: number;
  /** Codes of a TransactionCanceledException, one per item: `None`, `TransactionConflict`, … */
  reasons?: string[];
}

export function toJsonReply(body: unknown, status = 200): ServiceResponse {
  const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
  return { status, headers, body: JSON.stringify(body) };
}

/** An error in the wire form of its service: XML for S3, REST JSON for SES, AWS JSON elsewhere. */
export function toError(
  service: string,
  { name, message = name, status, reasons }: AwsFault,
): ServiceResponse {
  if (service === 's3') {
    const body = `<?xml version="1.0"?><Error><Code>${name}</Code><Message>${toXml(message)}</Message></Error>`;
    return { status: status ?? 403, headers: { 'content-type': 'application/xml' }, body };
  }
  if (service === 'ses') {
    const reply = toJsonReply({ message }, status ?? 403);
    return { ...reply, headers: { ...reply.headers, 'x-amzn-errortype': name } };
  }
  const CancellationReasons = reasons?.map((Code) => ({ Code, Message: Code === 'None' ? undefined : Code }));
  return toJsonReply({ __type: `com.amazonaws#${name}`, message, CancellationReasons }, status ?? 400);
}

export async function readRequest(incoming: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const { method = 'GET', url = '/' } = incoming;
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method,
    url,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}

function toXml(text: string): string {
  return text.replace(/[<>&]/g, (character) => `&#${character.charCodeAt(0)};`);
}
