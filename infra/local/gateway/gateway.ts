import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { ServiceEndpoint, ServiceRequest, ServiceResponse } from '../contract.ts';
import { REGION } from '../template/resource-types.ts';
import type { ReadCall } from './calls.ts';
import type { Faults } from './faults.ts';
import type { Authorize } from './iam.ts';
import { toError } from './wire.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}
/** An access key of its own for each caller, new at each start. */
export interface CallerKeys {
  of(caller: string): Credentials;
  callerOf(accessKeyId: string): string | undefined;
}

export function createCallerKeys(): CallerKeys {
  const keys = new Map<string, Credentials>();
  return {
    of: (caller) => {
      const own = keys.get(caller) ?? newCredentials();
      keys.set(caller, own);
      return own;
    },
    callerOf: (id) => [...keys].find(([, { accessKeyId }]) => accessKeyId === id)?.[0],
  };
}

function newCredentials(): Credentials {
  const hex = randomBytes(32).toString('hex').toUpperCase();
  return { accessKeyId: `LOCAL${hex.slice(0, 27)}`, secretAccessKey: hex.slice(27) };
}

export interface GatewayOptions {
  keys: CallerKeys;
  readCall: ReadCall;
  authorize: Authorize;
  faults: Faults;
  /** By signing name of the service. */
  endpoints: Record<string, ServiceEndpoint>;
}

/** The one endpoint of all SDK calls. The access key is the proof of who calls: it cannot be guessed; signatures are not checked. */
export function createGateway({ keys, ...options }: GatewayOptions): RequestListener {
  return async (incoming, outgoing) => {
    const { service, accessKeyId } = credentialScope(incoming.headers.authorization);
    const caller = keys.callerOf(accessKeyId);
    const request = { service, ...(await readRequest(incoming)), caller: caller ?? '' };
    const reply = caller ? await answer(request, options) : unknownCaller(service);
    outgoing.writeHead(reply.status, reply.headers).end(reply.body);
  };
}

function unknownCaller(service: string): ServiceResponse {
  const message = 'The access key is of no caller that this host knows.';
  return toError(service, { name: 'UnrecognizedClientException', message, status: 403 });
}

async function answer(
  request: ServiceRequest,
  { readCall, authorize, faults, endpoints }: Omit<GatewayOptions, 'keys'>,
): Promise<ServiceResponse> {
  const { service, caller } = request;
  try {
    const call = readCall(request);
    const endpoint = endpoints[service];
    if (!call || !endpoint) return unknownCall(request);
    const denial = caller === 'host' ? undefined : authorize(caller, call.needs);
    if (denial) return toError(service, { name: deniedName(service), message: denial });
    const fault = faults.take(caller, service, call.operation);
    if (fault?.when === 'before') return toError(service, fault.error);
    const reply = await endpoint(request);
    return fault ? toError(service, fault.error) : reply;
  } catch (error) {
    const message = `The local gateway failed: ${error instanceof Error ? error.message : error}`;
    return toError(service, { name: 'InternalServerError', message, status: 500 });
  }
}

function unknownCall({ service, method, url, headers }: ServiceRequest): ServiceResponse {
  const message = `The local host does not run ${service} ${headers['x-amz-target'] ?? `${method} ${url}`}.`;
  return toError(service, { name: 'UnknownOperationException', message, status: 400 });
}

function deniedName(service: string): string {
  return service === 's3' || service === 'sqs' ? 'AccessDenied' : 'AccessDeniedException';
}

function credentialScope(authorization = ''): { accessKeyId: string; service: string } {
  const [, accessKeyId = '', service = ''] =
    /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(authorization) ?? [];
  return { accessKeyId, service };
}

async function readRequest(incoming: IncomingMessage) {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: Buffer.concat(chunks),
  };
}

/** What an SDK client of the host itself needs; spread it into the client's options. */
export function clientOptions(gateway: string, keys: CallerKeys, caller: string) {
  return { endpoint: gateway, region: REGION, credentials: keys.of(caller) };
}
