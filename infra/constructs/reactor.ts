import { Duration } from 'aws-cdk-lib';
import { type IEventBus, Rule, type RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { EventName } from '../../shared/events/catalogue.ts';
import { acknowledge } from './acknowledge.ts';
import type { HouseFunction } from './house-function.ts';
import { RoomQueue } from './room-queue.ts';

interface ReactorProps {
  bus: IEventBus;
  /** Events of the catalogue that it reacts to. */
  events: EventName[];
  reactor: HouseFunction;
  deadLetters: IQueue;
}

export interface QueuedReactorProps extends ReactorProps {
  batchSize: number;
  /** How long to wait for a batch to fill. @default none */
  window?: Duration;
  /** Most invocations at once: 2 is the least that SQS allows. */
  maxConcurrency: number;
  /** How often an event is tried before it counts as a failure. @default that of RoomQueue */
  maxReceiveCount?: number;
  /** How long until an event that failed is tried again. @default that of RoomQueue */
  visibilityTimeout?: Duration;
}

/** Feeds a reactor through a queue of its own, where it batches or must not run too often. */
export function reactThroughQueue(scope: Construct, id: string, props: QueuedReactorProps): void {
  const {
    bus,
    events,
    reactor,
    deadLetters,
    batchSize,
    window,
    maxConcurrency,
    maxReceiveCount,
    visibilityTimeout,
  } = props;
  const queue = new RoomQueue(scope, `${id}Queue`, {
    deadLetters,
    timeout: reactor.timeout ?? Duration.seconds(10),
    ...(maxReceiveCount && { maxReceiveCount }),
    ...(visibilityTimeout && { visibilityTimeout }),
  });
  const target = new SqsQueue(queue, { deadLetterQueue: deadLetters });
  new Rule(scope, `${id}Rule`, { eventBus: bus, eventPattern: { detailType: events }, targets: [target] });
  reactor.addEventSource(
    new SqsEventSource(queue, {
      batchSize,
      ...(window && { maxBatchingWindow: window }),
      maxConcurrency,
      reportBatchItemFailures: true,
    }),
  );
  acknowledge(reactor, {
    'Serverless-LambdaEventSourceMappingDestination':
      "The queue's own redrive takes failures to the dead-letter queue.",
  });
}

/** Has EventBridge call a reactor. */
export function reactDirectly(
  scope: Construct,
  id: string,
  { bus, events, reactor, deadLetters }: ReactorProps,
): void {
  const target = directTarget(reactor, deadLetters);
  new Rule(scope, `${id}Rule`, { eventBus: bus, eventPattern: { detailType: events }, targets: [target] });
}

/**
 * EventBridge hands the event to Lambda's own asynchronous queue and is done: its retries and dead-letter queue cover
 * the handing over only. What the function throws is retried by Lambda, twice at most, and then dead-lettered by it.
 */
export function directTarget(
  reactor: HouseFunction,
  deadLetters: IQueue,
  event?: RuleTargetInput,
): LambdaFunction {
  reactor.configureAsyncInvoke({
    retryAttempts: 2,
    maxEventAge: Duration.hours(6),
    onFailure: new SqsDestination(deadLetters),
  });
  return new LambdaFunction(reactor, {
    ...(event && { event }),
    deadLetterQueue: deadLetters,
    retryAttempts: 100,
    maxEventAge: Duration.hours(24),
  });
}
