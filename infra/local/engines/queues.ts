import type { Properties } from '../contract.ts';
import { ACCOUNT } from '../template/resource-types.ts';
import { callEngine } from './engine-client.ts';
import { createQueue } from './resources.ts';

/** A message as SQS hands it out. */
export interface QueueMessage {
  MessageId: string;
  ReceiptHandle: string;
  Body: string;
  MD5OfBody: string;
  Attributes: Record<string, string>;
  MessageAttributes?: Record<string, Record<string, string>>;
}
export interface Queues {
  /** Makes a queue, or gives one that is there these properties. */
  create(name: string, properties: Properties): Promise<void>;
  /** Resolves once the message is on disk. */
  send(name: string, body: string, delaySeconds?: number): Promise<void>;
  /** Long-polls for up to `wait` seconds (a fraction is allowed here) and takes up to 10 messages. */
  receive(name: string, most: number, wait: number, signal?: AbortSignal): Promise<QueueMessage[]>;
  remove(name: string, message: QueueMessage): Promise<void>;
  /** Makes a received message visible again after so many seconds. */
  retryIn(name: string, message: QueueMessage, seconds: number): Promise<void>;
  /** Messages of each queue: waiting, delayed or in flight. */
  depths(): Promise<Map<string, number>>;
}

/** The queues of the engine at `url`, by physical name. */
export function createQueues(url: string): Queues {
  const call = (action: string, name: string, body: object, signal?: AbortSignal) =>
    callEngine(url, `AmazonSQS.${action}`, { QueueUrl: `${url}/${ACCOUNT}/${name}`, ...body }, signal);
  return {
    create: (name, properties) => createQueue(url, name, properties),
    send: (name, body, delaySeconds) =>
      call('SendMessage', name, { MessageBody: body, DelaySeconds: delaySeconds }),
    receive: async (name, most, wait, signal) => {
      const request = {
        MaxNumberOfMessages: Math.min(most, 10),
        WaitTimeSeconds: wait,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      };
      return (await call('ReceiveMessage', name, request, signal)).Messages ?? [];
    },
    remove: (name, { ReceiptHandle }) => call('DeleteMessage', name, { ReceiptHandle }),
    retryIn: (name, { ReceiptHandle }, seconds) =>
      call('ChangeMessageVisibility', name, { ReceiptHandle, VisibilityTimeout: seconds }),
    depths: async () => {
      const queues = (await (await fetch(`${url}/_fauxqs/queues`)).json()) as Record<string, string>[];
      return new Map(queues.map((queue) => [String(queue['name']), depth(queue)]));
    },
  };
}

function depth(queue: Record<string, unknown>): number {
  const states = ['approximateMessageCount', 'approximateInflightCount', 'approximateDelayedCount'];
  return states.reduce((sum, state) => sum + Number(queue[state]), 0);
}

/** Name of the queue that an ARN names. Throws for an ARN of another service. */
export function queueOf(arn: string): string {
  const [, , service, , , name] = arn.split(':');
  if (service !== 'sqs' || !name)
    throw new Error(`The local host delivers to SQS queues only, not to ${arn}.`);
  return name;
}

/** Seconds to wait before the attempt after `attempts`: AWS takes minutes, one machine need not. */
export function backoff(attempts: number): number {
  return Math.min(0.2 * 2 ** Math.max(0, attempts - 1), 5);
}
