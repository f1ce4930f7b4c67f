import type { createServer } from 'node:http';
import { join } from 'node:path';
import type { Invoke, Listener, PutEvent } from './contract.ts';
import type { Engines } from './engines/engines.ts';
import { startExpiry } from './engines/expiry.ts';
import { createQueues, queueOf } from './engines/queues.ts';
import { createBus, deliver } from './events/bus.ts';
import { startSchedules } from './events/schedules.ts';
import { asyncFunctions, asyncQueueOf, createAsyncInvoke } from './functions/async-invoke.ts';
import { createFunctions, type Functions } from './functions/functions.ts';
import { startSources } from './functions/sources.ts';
import type { StreamSource } from './functions/stream-source.ts';
import { createCallReader } from './gateway/calls.ts';
import { type Capacity, createCapacity } from './gateway/capacity.ts';
import { createFaults, type Faults } from './gateway/faults.ts';
import { countingTables, forwardTo } from './gateway/forward.ts';
import { clientOptions, createCallerKeys, createGateway } from './gateway/gateway.ts';
import type { Authorize } from './gateway/iam.ts';
import { createSecrets } from './gateway/secrets.ts';
import { createSes } from './mail/ses.ts';
import { untilQuiet } from './quiet.ts';
import type { LoadedTemplate } from './template/template.ts';

export interface BackendOptions {
  template: LoadedTemplate;
  authorize: Authorize;
  engines: Engines;
  gateway: { server: ReturnType<typeof createServer>; url: string };
  dataDir: string;
  shuffleAndRepeat: boolean;
  log(line: string): void;
  /** Takes what stops each part; they are stopped in the opposite order. */
  onStop(stop: () => unknown): void;
}
export interface Backend {
  client: ReturnType<typeof clientOptions>;
  invoke: Invoke;
  putEvent: PutEvent;
  fire(scheduleId: string): Promise<void>;
  faults: Faults;
  capacity: Capacity;
  invocations: Functions['invocations'];
  quiet(timeoutMs?: number): Promise<void>;
  inbox: Listener;
}

/** Connects what the template declares: functions behind the gateway, bus, sources, schedules. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const { template, engines, gateway, dataDir, onStop, log } = options;
  const onError = (error: unknown) => log(`host: ${error instanceof Error ? error.message : error}`);
  const keys = createCallerKeys();
  const queues = createQueues(engines.fauxqs);
  const functions = createFunctions({
    template,
    credentialsOf: keys.of,
    gateway: gateway.url,
    logDir: join(dataDir, 'logs'),
    log,
  });
  onStop(functions.stop);
  const { invoke } = functions;
  const invokeAsync = createAsyncInvoke({ template, queues, invoke, onError });
  onStop(invokeAsync.stop);
  const bus = createBus({ template, queues, invokeAsync, shuffleAndRepeat: options.shuffleAndRepeat });
  const ses = createSes({ dataDir, template, putEvent: bus.putEvent });
  const faults = createFaults();
  const capacity = createCapacity();
  const streams: StreamSource[] = [];
  const onChange = () => {
    for (const stream of streams) stream.wake();
  };
  const endpoints = {
    dynamodb: countingTables(forwardTo(engines.dynamodb), capacity, onChange),
    sqs: forwardTo(engines.fauxqs),
    s3: forwardTo(engines.fauxqs),
    events: bus.endpoint,
    secretsmanager: createSecrets(template, dataDir),
    ses: ses.endpoint,
  };
  const readCall = createCallReader(template);
  const { authorize } = options;
  gateway.server.on('request', createGateway({ keys, readCall, authorize, faults, endpoints }));
  const work = { template, queues, invoke, dynamodb: engines.dynamodb, dataDir, onError };
  const sources = await startSources(work);
  onStop(sources.stop);
  streams.push(...sources.streams);
  const schedules = startSchedules(template, (arn, p) => deliver({ queues, invokeAsync }, arn, p), onError);
  onStop(schedules.stop);
  onStop(startExpiry(template, engines.dynamodb, onChange, onError));
  return {
    client: clientOptions(gateway.url, keys, 'host'),
    quiet: (timeoutMs = 20_000) =>
      untilQuiet({ streams, queues, functions, bus, drained: drainedQueues(template) }, timeoutMs),
    inbox: ses.listener,
    fire: schedules.fire,
    putEvent: bus.putEvent,
    ...{ invoke, faults, capacity, invocations: functions.invocations },
  };
}

/** Queues of the host's own: one for the asynchronous events of each function. */
export function ownQueues(template: LoadedTemplate): string[] {
  return asyncFunctions(template).map((id) => asyncQueueOf(template, id));
}

function drainedQueues(template: LoadedTemplate): Set<string> {
  const arns = template.ofType('AWS::Lambda::EventSourceMapping').map(([, m]) => String(m['EventSourceArn']));
  const fed = arns.filter((arn) => arn.includes(':sqs:')).map(queueOf);
  return new Set([...fed, ...ownQueues(template)]);
}
