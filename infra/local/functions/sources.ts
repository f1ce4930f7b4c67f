import type { Invoke } from '../contract.ts';
import { type Queues, queueOf } from '../engines/queues.ts';
import type { Template } from '../template/template.ts';
import { startQueueSource } from './queue-source.ts';
import { type StreamSource, startStreamSource } from './stream-source.ts';

export interface Source {
  stop(): Promise<void>;
}
export interface Sources extends Source {
  streams: StreamSource[];
  /** Queues that feed a function. */
  queueNames: string[];
}
export interface SourceOptions {
  template: Template;
  queues: Queues;
  invoke: Invoke;
  /** The table engine. */
  dynamodb: string;
  dataDir: string;
  onError(error: unknown): void;
}

/** Starts the event source mappings of the template. */
export async function startSources(options: SourceOptions): Promise<Sources> {
  const queues = new Map<string, Source>();
  const streams: StreamSource[] = [];
  for (const [id, mapping] of options.template.ofType('AWS::Lambda::EventSourceMapping')) {
    const [, , service] = mapping['EventSourceArn'].split(':');
    if (mapping['Enabled'] === false) continue;
    options.template.functionId(mapping['FunctionName']);
    if (service === 'sqs') queues.set(queueOf(mapping['EventSourceArn']), startQueueSource(mapping, options));
    else if (service === 'dynamodb') streams.push(await startStreamSource(id, mapping, options));
    else throw new Error(`${id}: only SQS queues and DynamoDB streams are run locally as event sources.`);
  }
  return {
    streams,
    queueNames: [...queues.keys()],
    stop: async () => {
      await Promise.all([...queues.values(), ...streams].map((source) => source.stop()));
    },
  };
}
