import { join } from 'node:path';
import type { Invoke, Resource } from '../contract.ts';
import type { Queues } from '../engines/queues.ts';
import { openStream } from '../engines/stream-reader.ts';
import type { LoadedTemplate } from '../template/template.ts';
import { type Source, startQueueSource } from './queue-source.ts';
import { type StreamSource, startStreamSource } from './stream-source.ts';

export interface SourcesOptions {
  template: LoadedTemplate;
  queues: Queues;
  invoke: Invoke;
  /** The table engine. */
  dynamodb: string;
  dataDir: string;
  onError(error: unknown): void;
}
export interface Sources {
  streams: StreamSource[];
  stop(): Promise<void>;
}

/** Starts the event source mappings of the template. */
export async function startSources(options: SourcesOptions): Promise<Sources> {
  const { template } = options;
  const all = template.ofType('AWS::Lambda::EventSourceMapping');
  const mappings = all.filter(([, { Enabled }]) => Enabled !== false);
  const queues = mappings.filter(([, mapping]) => serviceOf(mapping) === 'sqs');
  const tables = mappings.filter(([, mapping]) => serviceOf(mapping) === 'dynamodb');
  if (queues.length + tables.length < mappings.length) {
    throw new Error('The local host runs event source mappings of SQS queues and DynamoDB streams only.');
  }
  for (const [, { FunctionName }] of mappings) template.functionId(FunctionName);
  const queueSources: Source[] = queues.map(([, mapping]) => startQueueSource(mapping, options));
  const streams = await Promise.all(tables.map(([id, mapping]) => startStream(id, mapping, options)));
  return {
    streams,
    stop: async () => {
      await Promise.all([...queueSources, ...streams].map((source) => source.stop()));
    },
  };
}

function serviceOf(mapping: Resource['properties']): string | undefined {
  return String(mapping['EventSourceArn']).split(':')[2];
}

async function startStream(
  id: string,
  mapping: Resource['properties'],
  options: SourcesOptions,
): Promise<StreamSource> {
  const table = /table\/([^/]+)\/stream/.exec(mapping['EventSourceArn'])?.[1] ?? '';
  const reader = await openStream(options.dynamodb, table, join(options.dataDir, 'checkpoints', id));
  return startStreamSource(mapping, { ...options, reader });
}
