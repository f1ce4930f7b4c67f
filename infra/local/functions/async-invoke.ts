import type { Invoke, Properties } from '../contract.ts';
import { backoff, type QueueMessage, type Queues, queueOf } from '../engines/queues.ts';
import { shorten, type Template } from '../template/template.ts';
import { toInvocationRecord } from './invocation-record.ts';
import { startQueueLoop } from './queue-loop.ts';

/** Lambda's asynchronous invocation, which rules and schedules use: queued on disk, retried, at last a destination. */
export interface AsyncInvoke {
  /** The queues that hold the events, one for each function that a rule or a schedule invokes, by the function's ARN. */
  queues: Map<string, string>;
  stop(): Promise<void>;
}
interface AsyncOptions {
  template: Template;
  queues: Queues;
  invoke: Invoke;
  onError(error: unknown): void;
}

/** Events of asynchronous invocations are kept for 14 days at most. */
const RETENTION = { MessageRetentionPeriod: 1_209_600 };

export async function startAsyncInvoke(options: AsyncOptions): Promise<AsyncInvoke> {
  const { template, queues, onError } = options;
  const held = new Map<string, string>();
  const loops: { stop(): Promise<void> }[] = [];
  for (const arn of invokedFunctions(template)) {
    const queue = shorten(`${template.stackName}-async-${template.functionId(arn)}`, 80);
    await queues.create(queue, RETENTION);
    held.set(arn, queue);
    const attempt = createAttempt(arn, queue, options);
    const handle = async (batch: QueueMessage[]) => void (await Promise.all(batch.map(attempt)));
    loops.push(startQueueLoop({ queues, queue, batchSize: 1, window: 0, concurrency: 4, handle, onError }));
  }
  return {
    queues: held,
    stop: async () => {
      await Promise.all(loops.map((loop) => loop.stop()));
    },
  };
}

/** ARNs of the functions that rules or schedules invoke. */
function invokedFunctions(template: Template): Set<string> {
  const rules = template.ofType('AWS::Events::Rule').flatMap(([, rule]) => rule['Targets'] ?? []);
  const schedules = template.ofType('AWS::Scheduler::Schedule').map(([, schedule]) => schedule['Target']);
  const arns: string[] = [...rules, ...schedules].map(({ Arn }) => Arn);
  return new Set(arns.filter((arn) => arn.split(':')[2] === 'lambda'));
}

function createAttempt(arn: string, queue: string, { template, queues, invoke }: AsyncOptions) {
  const id = template.functionId(arn);
  const configs: Properties[] = template.ofType('AWS::Lambda::EventInvokeConfig').map(([, config]) => config);
  const config = configs.find(({ FunctionName }) => template.functionId(FunctionName) === id) ?? {};
  const { MaximumRetryAttempts = 2, MaximumEventAgeInSeconds = 21_600, DestinationConfig } = config;
  const destination = DestinationConfig?.OnFailure?.Destination;
  if (template.resources.get(id)?.properties['DeadLetterConfig'])
    throw new Error(
      `${id}: give the function an on-failure destination; its DeadLetterConfig has no effect here.`,
    );

  const giveUp = async (message: QueueMessage, condition: string, attempts: number, error: Error) => {
    const record = {
      ...toInvocationRecord(`${arn}:$LATEST`, condition, attempts),
      requestPayload: JSON.parse(message.Body),
      responsePayload: error.cause ?? { errorMessage: error.message },
    };
    if (destination) await queues.send(queueOf(destination), JSON.stringify(record));
    await queues.remove(queue, message);
  };
  return async (message: QueueMessage): Promise<void> => {
    const attempts = Number(message.Attributes['ApproximateReceiveCount']);
    const age = (Date.now() - Number(message.Attributes['SentTimestamp'])) / 1000;
    try {
      await invoke(id, JSON.parse(message.Body));
      await queues.remove(queue, message);
    } catch (error) {
      if (age > MaximumEventAgeInSeconds) await giveUp(message, 'EventAgeExceeded', attempts, error as Error);
      else if (attempts > MaximumRetryAttempts)
        await giveUp(message, 'RetriesExhausted', attempts, error as Error);
      else await queues.retryIn(queue, message, backoff(attempts));
    }
  };
}
