import { Agent, request as httpRequest, type IncomingMessage } from 'node:http';
import type { ServiceEndpoint, ServiceRequest, ServiceResponse } from '../contract.ts';
import type { Capacity } from './capacity.ts';

const NOT_SENT_ON = ['connection', 'host', 'transfer-encoding', 'content-length', 'expect'];
const NOT_ANSWERED = ['connection', 'keep-alive', 'transfer-encoding'];

/** Hands calls on to an engine as they came. */
export function forwardTo(url: string): ServiceEndpoint {
  const agent = new Agent({ keepAlive: true });
  return (request) =>
    new Promise((resolve, reject) => {
      const headers = Object.entries(request.headers).filter(([name]) => !NOT_SENT_ON.includes(name));
      const sent = httpRequest(new URL(request.url, url), {
        agent,
        method: request.method,
        headers: { ...Object.fromEntries(headers), 'content-length': request.body.length },
      });
      sent.on('response', (reply) => readReply(reply).then(resolve, reject));
      sent.on('error', reject).end(request.body);
    });
}

async function readReply(reply: IncomingMessage): Promise<ServiceResponse> {
  const chunks: Buffer[] = [];
  for await (const chunk of reply) chunks.push(chunk);
  const headers = Object.entries(reply.headers).filter(([name]) => !NOT_ANSWERED.includes(name));
  return {
    status: reply.statusCode ?? 500,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, String(value)])),
    body: Buffer.concat(chunks),
  };
}

/** The table engine, with each call's capacity counted and each change told, so that streams are read at once. */
export function countingTables(
  tables: ServiceEndpoint,
  capacity: Capacity,
  onChange: () => void,
): ServiceEndpoint {
  return async (request) => {
    const operation = request.headers['x-amz-target']?.split('.').at(-1) ?? '';
    const reply = await tables(/Item|Query|Scan/.test(operation) ? withCapacity(request) : request);
    if (reply.status === 200) capacity.add(request.caller, operation, JSON.parse(String(reply.body)));
    else capacity.refused(request.caller, operation);
    if (!/^(Get|BatchGet|TransactGet|Query|Scan|Describe)/.test(operation)) onChange();
    return reply;
  };
}

function withCapacity(request: ServiceRequest): ServiceRequest {
  const body = { ReturnConsumedCapacity: 'TOTAL', ...JSON.parse(request.body.toString()) };
  return { ...request, body: Buffer.from(JSON.stringify(body)) };
}
