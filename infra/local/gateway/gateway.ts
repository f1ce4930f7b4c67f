import { randomBytes } from 'node:crypto';
import type { IncomingMessage, RequestListener } from 'node:http';
import type { ServiceEndpoint, ServiceRequest, ServiceResponse } from '../contract.ts';
import { REGION } from '../template/resource-types.ts';
import type { Template } from '../template/template.ts';
import { readCall } from './calls.ts';
import type { Faults } from './faults.ts';
import { createAuthorizer } from './iam.ts';
import { readRequest, toError } from './wire.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}
/** An access key of its own for each caller, new at each start. */
export interface CallerKeys {
  of(caller: string): Credentials;
  callerOf(accessKeyId: string): string | undefined;
}
interface GatewayOptions {
  template: Template;
  keys: CallerKeys;
  faults: Faults;
  /** By signing name of the service. */
  endpoints: Record<string, ServiceEndpoint>;
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

/** What an SDK client of the host itself needs; spread it into the client's options. */
export function clientOptions(gateway: string, keys: CallerKeys) {
  return { endpoint: gateway, region: REGION, credentials: keys.of('host') };
}

/** The one endpoint of all SDK calls. The access key is the proof of who calls: it cannot be guessed; signatures are not checked. */
export function createGateway({ template, keys, faults, endpoints }: GatewayOptions): RequestListener {
  const authorize = createAuthorizer(template);
  return async (incoming, outgoing) => {
    const { service, accessKeyId } = credentialScope(incoming);
    const { status, headers, body } = await answer(service, keys.callerOf(accessKeyId), incoming).catch(
      ({ message }) =>
        toError(service, {
          name: 'InternalServerError',
          message: `The local gateway failed: ${message}`,
          status: 500,
        }),
    );
    outgoing.writeHead(status, headers).end(body);
  };

  async function answer(
    service: string,
    caller: string | undefined,
    incoming: IncomingMessage,
  ): Promise<ServiceResponse> {
    const message = 'The access key is of no caller that this host knows.';
    if (!caller) return toError(service, { name: 'UnrecognizedClientException', message, status: 403 });
    const request = { service, caller, ...(await readRequest(incoming)) };
    const call = readCall(template, request);
    const endpoint = endpoints[service];
    if (!call || !endpoint) return unknownCall(request);
    const denial = caller === 'host' ? undefined : authorize(caller, call.needs);
    if (denial) return toError(service, { name: deniedName(service), message: denial });
    const fault = faults.take(caller, service, call.operation);
    if (fault?.when === 'before') return toError(service, fault.error);
    const reply = await endpoint(request);
    return fault ? toError(service, fault.error) : reply;
  }
}

function unknownCall({ service, method, url, headers }: ServiceRequest): ServiceResponse {
  const message = `The local host does not run ${service} ${headers['x-amz-target'] ?? `${method} ${url}`}.`;
  return toError(service, { name: 'UnknownOperationException', message, status: 400 });
}

function deniedName(service: string): string {
  return service === 's3' || service === 'sqs' ? 'AccessDenied' : 'AccessDeniedException';
}

function credentialScope({ headers }: IncomingMessage): { accessKeyId: string; service: string } {
  const scope = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? '');
  return { accessKeyId: scope?.[1] ?? '', service: scope?.[2] ?? '' };
}
