import { randomUUID } from 'node:crypto';
import type { Invoke, Resource } from '../contract.ts';
import { backoff, type QueueMessage, type Queues, queueOf } from '../engines/queues.ts';
import { type LoadedTemplate, shorten } from '../template/template.ts';
import { type QueueLoopOptions, startQueueLoop } from './queue-loop.ts';

/** Lambda's asynchronous invocation, which rules and schedules use: queued on disk, retried, at last a destination. */
export interface AsyncInvoke {
  /** Resolves once the event is on disk. Takes the function's ARN. */
  send(functionArn: string, payload: string, delaySeconds?: number): Promise<void>;
  stop(): Promise<void>;
}
interface AsyncOptions {
  template: LoadedTemplate;
  queues: Queues;
  invoke: Invoke;
  onError: QueueLoopOptions['onError'];
}

/** The queue of the host's own that holds a function's asynchronous events. */
export function asyncQueueOf(template: LoadedTemplate, functionId: string): string {
  return shorten(`${template.stackName}-async-${functionId}`, 80);
}

/** Functions that rules or schedules invoke. */
export function asyncFunctions(template: LoadedTemplate): string[] {
  const rules = template.ofType('AWS::Events::Rule').flatMap(([, rule]) => rule['Targets'] ?? []);
  const schedules = template.ofType('AWS::Scheduler::Schedule').map(([, schedule]) => schedule['Target']);
  const arns = [...rules, ...schedules].map((target) => target.Arn);
  const functions = template.ofType('AWS::Lambda::Function').map(([id]) => id);
  return functions.filter((id) => arns.includes(template.value(id, 'Arn')));
}

export function createAsyncInvoke({ template, queues, invoke, onError }: AsyncOptions): AsyncInvoke {
  const ids = new Map(asyncFunctions(template).map((id) => [template.value(id, 'Arn'), id]));
  const loops = [...ids].map(([arn, id]) => {
    const queue = asyncQueueOf(template, id);
    const attempt = createAttempt(template, queues, invoke, id, arn, queue);
    const handle = async ([message]: QueueMessage[]) => (message ? attempt(message) : undefined);
    return startQueueLoop({ queues, queue, batchSize: 1, window: 0, concurrency: 4, handle, onError });
  });
  return {
    send: async (arn, payload, delaySeconds) => {
      const id = ids.get(arn);
      if (!id) throw new Error(`The template has no function ${arn}.`);
      await queues.send(asyncQueueOf(template, id), payload, delaySeconds ? { delaySeconds } : {});
    },
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

function createAttempt(
  template: LoadedTemplate,
  queues: Queues,
  invoke: Invoke,
  id: string,
  arn: string,
  queue: string,
) {
  const config = template
    .ofType('AWS::Lambda::EventInvokeConfig')
    .map(([, properties]) => properties)
    .find(({ FunctionName }) => template.functionId(FunctionName) === id);
  const { MaximumRetryAttempts = 2, MaximumEventAgeInSeconds = 21_600, DestinationConfig } = config ?? {};
  const destination = DestinationConfig?.OnFailure?.Destination;
  const deadLetters = template.resources.get(id)?.properties['DeadLetterConfig']?.TargetArn;

  const giveUp = async (message: QueueMessage, attempts: number, condition: string, error: unknown) => {
    const failure = { id: arn, condition, attempts, ...errorOf(error) };
    if (destination) await queues.send(queueOf(destination), JSON.stringify(toRecord(message, failure)));
    if (deadLetters) await queues.send(queueOf(deadLetters), message.Body, deadLetterAttributes(failure));
    await queues.remove(queue, message);
  };
  return async (message: QueueMessage): Promise<void> => {
    const attempts = Number(message.Attributes['ApproximateReceiveCount']);
    const age = (Date.now() - Number(message.Attributes['SentTimestamp'])) / 1000;
    try {
      await invoke(id, JSON.parse(message.Body));
      await queues.remove(queue, message);
    } catch (error) {
      if (age > MaximumEventAgeInSeconds) await giveUp(message, attempts, 'EventAgeExceeded', error);
      else if (attempts > MaximumRetryAttempts) await giveUp(message, attempts, 'RetriesExhausted', error);
      else await queues.retryIn(queue, message, backoff(attempts));
    }
  };
}

interface Failure {
  id: string;
  condition: string;
  attempts: number;
  errorType: string;
  errorMessage: string;
}

function errorOf(error: unknown): Resource['properties'] & Pick<Failure, 'errorType' | 'errorMessage'> {
  const { errorType = 'Error', errorMessage = String(error) } = Object(
    error instanceof Error ? error.cause : {},
  );
  return { errorType, errorMessage };
}

/** The shape of an invocation record in Lambda's "destinations". */
function toRecord({ Body }: QueueMessage, { id, condition, attempts, errorType, errorMessage }: Failure) {
  return {
    version: '1.0',
    timestamp: new Date().toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${id}:$LATEST`,
      condition,
      approximateInvokeCount: attempts,
    },
    requestPayload: JSON.parse(Body),
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType, errorMessage },
  };
}

function deadLetterAttributes({ errorMessage }: Failure) {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    attributes: { RequestID: text(randomUUID()), ErrorCode: text('200'), ErrorMessage: text(errorMessage) },
  };
}
