/** The words that the parts of the local host say to each other. */

/** What a template declares, after its intrinsics are resolved. Logical id -> resource. */
export interface Resource {
  type: string;
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation properties are open; each part reads only its own types.
  properties: Record<string, any>;
}
export interface LocalTemplate {
  stackName: string;
  resources: Map<string, Resource>;
  outputs: Record<string, string>;
}

/** A call of an AWS SDK that reached the local gateway, its caller identified and allowed. */
export interface ServiceRequest {
  /** Signing name of the service: `dynamodb`, `events`, `sqs`, `s3`, `ses`, `secretsmanager`. */
  service: string;
  method: string;
  /** Path and query as sent. */
  url: string;
  headers: Record<string, string>;
  body: Buffer;
  /** Logical id of the calling function, or `host` for the host itself (seeding, tests). */
  caller: string;
}
export interface ServiceResponse {
  status: number;
  headers: Record<string, string>;
  body: Buffer | string;
}
export type ServiceEndpoint = (request: ServiceRequest) => Promise<ServiceResponse>;

/** Runs a function of the template once. Rejects with `FunctionError` when the handler throws or times out. */
export type Invoke = (functionId: string, event: unknown) => Promise<unknown>;
export class FunctionError extends Error {
  override name = 'FunctionError';
}

/** An event as EventBridge delivers it. */
export interface BusEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  time: string;
  region: string;
  resources: string[];
  detail: unknown;
}
/** Puts an event on a bus (`default` or a declared one); resolves once every matching target's delivery is durable. */
export type PutEvent = (
  bus: string,
  event: Pick<BusEvent, 'source' | 'detail-type' | 'detail' | 'resources'>,
) => Promise<void>;

/** A request for the one origin; the first listener that knows the path answers. Resolves false if the path is not its own. */
export type Listener = (
  request: import('node:http').IncomingMessage,
  response: import('node:http').ServerResponse,
) => Promise<boolean>;
