/** The words that the parts of the local host say to each other. */
import type { IncomingMessage, ServerResponse } from 'node:http';

// biome-ignore lint/suspicious/noExplicitAny: open JSON (CloudFormation, events, SDK calls); each part reads only its own.
export type Json = any;
/** Properties of a resource, or a part of them, after the template's intrinsics are resolved. */
export type Properties = Record<string, Json>;

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

/** Runs a function of the template once, by its logical id, name or ARN. Rejects with `FunctionError` when it fails. */
export type Invoke = (functionId: string, event: unknown) => Promise<unknown>;
/** The handler threw, ended or timed out; `cause` is what Lambda tells of it. */
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
/** Hands a payload to a queue or a function, by ARN; resolves once it is on disk. */
export type Deliver = (arn: string, payload: string, delaySeconds?: number) => Promise<void>;

/** A request for the one origin; the first listener that knows the path answers. Resolves false if the path is not its own. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
