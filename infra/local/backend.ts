import type { Server } from 'node:http';
import { join } from 'node:path';
import type { Deliver, Invoke, PutEvent } from './contract.ts';
import type { Engines } from './engines/engines.ts';
import { startExpiry } from './engines/expiry.ts';
import { createQueues, queueOf } from './engines/queues.ts';
import { createBus } from './events/bus.ts';
import { startSchedules } from './events/schedules.ts';
import { startAsyncInvoke } from './functions/async-invoke.ts';
import { createFunctions, type Functions } from './functions/functions.ts';
import { startSources } from './functions/sources.ts';
import { type Capacity, createCapacity } from './gateway/capacity.ts';
import { createFaults, type Faults } from './gateway/faults.ts';
import { countingTables, forwardTo } from './gateway/forward.ts';
import { clientOptions, createCallerKeys, createGateway } from './gateway/gateway.ts';
import { createSecrets } from './gateway/secrets.ts';
import type { MailStore } from './mail/mail-store.ts';
import { createSes } from './mail/ses.ts';
import { untilQuiet } from './quiet.ts';
import type { Template } from './template/template.ts';

interface BackendOptions {
  template: Template;
  engines: Engines;
  gateway: { server: Server; url: string };
  dataDir: string;
  mail: MailStore;
  shuffleAndRepeat: boolean;
  log(line: string): void;
  /** Takes what stops each part; they are stopped in the opposite order. */
  onStop(stop: () => unknown): void;
}
/** What tests and the bench ask of a running stack, beside calling it. */
export interface Backend {
  /** For an SDK client that may do everything. */
  client: ReturnType<typeof clientOptions>;
  invoke: Invoke;
  invocations: Functions['invocations'];
  kill: Functions['kill'];
  putEvent: PutEvent;
  /** Fires a schedule now, by logical id. */
  fire(scheduleId: string): Promise<void>;
  faults: Faults;
  capacity: Capacity;
  /** Resolves when nothing is left to do. */
  quiet(timeoutMs?: number): Promise<void>;
}

/** Connects what the template declares: functions behind the gateway, bus, sources, schedules. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const { template, engines, gateway, dataDir, mail, onStop, log } = options;
  const onError = (error: unknown) => log(`host: ${error instanceof Error ? error.message : error}`);
  const keys = createCallerKeys();
  const queues = createQueues(engines.fauxqs);
  const logDir = join(dataDir, 'logs');
  const functions = createFunctions({ template, credentialsOf: keys.of, gateway: gateway.url, logDir, log });
  onStop(functions.stop);
  const work = { template, queues, invoke: functions.invoke, onError };
  const async = await startAsyncInvoke(work);
  onStop(async.stop);
  const deliver: Deliver = async (arn, payload, delaySeconds) =>
    queues.send(async.queues.get(arn) ?? queueOf(arn), payload, delaySeconds);
  const bus = createBus(template, deliver, options.shuffleAndRepeat);

  const faults = createFaults();
  const capacity = createCapacity();
  let wakeStreams = () => {};
  const onChange = () => wakeStreams();
  const endpoints = {
    dynamodb: countingTables(forwardTo(engines.dynamodb), capacity, onChange),
    sqs: forwardTo(engines.fauxqs),
    s3: forwardTo(engines.fauxqs),
    events: bus.endpoint,
    secretsmanager: createSecrets(template, dataDir),
    ses: createSes({ dataDir, template, putEvent: bus.putEvent, store: mail }),
  };
  gateway.server.on('request', createGateway({ template, keys, faults, endpoints }));

  const { streams, queueNames, stop } = await startSources({ ...work, dynamodb: engines.dynamodb, dataDir });
  onStop(stop);
  wakeStreams = () => {
    for (const stream of streams) stream.wake();
  };
  const schedules = startSchedules(template, deliver, onError);
  onStop(schedules.stop);
  onStop(startExpiry(template, engines.dynamodb, onChange, onError));
  const drained = new Set([...queueNames, ...async.queues.values()]);
  return {
    client: clientOptions(gateway.url, keys),
    invoke: functions.invoke,
    invocations: functions.invocations,
    kill: functions.kill,
    putEvent: bus.putEvent,
    fire: schedules.fire,
    quiet: (timeoutMs = 20_000) => untilQuiet({ streams, queues, drained, functions, bus }, timeoutMs),
    ...{ faults, capacity },
  };
}
