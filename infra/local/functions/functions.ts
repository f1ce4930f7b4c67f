import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import { join } from 'node:path';
import type { Invoke, Resource } from '../contract.ts';
import type { Credentials } from '../gateway/gateway.ts';
import { REGION } from '../template/resource-types.ts';
import type { LoadedTemplate } from '../template/template.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

export interface Functions {
  /** Takes a function's logical id, name or ARN. */
  invoke: Invoke;
  /** Invocations begun since the start, and those still running. */
  activity(): { begun: number; running: number };
  /** Invocations begun since the start, by logical id. */
  invocations(): Record<string, number>;
  stop(): Promise<void>;
}
export interface FunctionsOptions {
  template: LoadedTemplate;
  credentialsOf(functionId: string): Credentials;
  /** Origin of the local AWS gateway. */
  gateway: string;
  logDir: string;
  log?: ((line: string) => void) | undefined;
}
interface Pool {
  options: SandboxOptions;
  begun: number;
  most: number;
  /** Environments that run or are starting. */
  size: number;
  started: Set<Sandbox>;
  idle: Sandbox[];
  waiting: (() => void)[];
  output: WriteStream;
}

/** Environments per function at most, unless it reserves fewer: enough to show races, few enough for two cores. */
const MOST = 4;

/** How often each function gives back one environment that it has not needed, ms. The last one stays warm. */
const COOLING = 20_000;

/** Runs the template's functions: each in worker threads of its own, started when first needed and kept warm. */
export function createFunctions(options: FunctionsOptions): Functions {
  const { template } = options;
  mkdirSync(options.logDir, { recursive: true });
  const pools = new Map<string, Pool>();
  const activity = { begun: 0, running: 0 };
  const poolOf = (id: string) => {
    const pool = pools.get(id) ?? createPool(id, options);
    pools.set(id, pool);
    return pool;
  };
  const cooling = setInterval(() => pools.forEach(cool), COOLING).unref();
  return {
    invoke: async (reference, event) => {
      const pool = poolOf(template.functionId(reference));
      pool.begun += 1;
      activity.begun += 1;
      activity.running += 1;
      try {
        return await runIn(pool, event);
      } catch (error) {
        note(pool, options, `ERROR ${error instanceof Error ? error.message : error}\n`);
        throw error;
      } finally {
        activity.running -= 1;
      }
    },
    activity: () => ({ ...activity }),
    invocations: () => Object.fromEntries([...pools].map(([id, { begun }]) => [id, begun])),
    stop: async () => {
      clearInterval(cooling);
      await Promise.all(
        [...pools.values()].flatMap((pool) => [...pool.started].map((sandbox) => sandbox.stop())),
      );
      for (const { output } of pools.values()) output.end();
    },
  };
}

function createPool(id: string, options: FunctionsOptions): Pool {
  const properties = options.template.resources.get(id)?.properties ?? {};
  const pool: Pool = {
    options: toSandboxOptions(id, properties, options, (text) => note(pool, options, text)),
    begun: 0,
    most: Math.min(MOST, properties['ReservedConcurrentExecutions'] ?? MOST),
    size: 0,
    started: new Set(),
    idle: [],
    waiting: [],
    output: createWriteStream(join(options.logDir, `${id}.log`), { flags: 'a' }),
  };
  return pool;
}

function note(pool: Pool, { log }: FunctionsOptions, text: string): void {
  pool.output.write(text);
  log?.(`${pool.options.functionName}: ${text.trimEnd()}`);
}

async function runIn(pool: Pool, event: unknown): Promise<unknown> {
  const sandbox = await acquire(pool);
  try {
    return await sandbox.run(event);
  } finally {
    if (sandbox.alive) pool.idle.push(sandbox);
    else discard(pool, sandbox);
    pool.waiting.shift()?.();
  }
}

async function acquire(pool: Pool): Promise<Sandbox> {
  for (;;) {
    const warm = pool.idle.pop();
    if (warm?.alive) return warm;
    if (warm) discard(pool, warm);
    else if (pool.size < pool.most) return start(pool);
    else await new Promise<void>((resolve) => pool.waiting.push(resolve));
  }
}

async function start(pool: Pool): Promise<Sandbox> {
  pool.size += 1;
  try {
    const sandbox = await startSandbox(pool.options);
    pool.started.add(sandbox);
    return sandbox;
  } catch (error) {
    pool.size -= 1;
    pool.waiting.shift()?.();
    throw error;
  }
}

/** The environment used longest ago is at the front. */
function cool(pool: Pool): void {
  const coldest = pool.idle.length > 1 ? pool.idle.shift() : undefined;
  if (!coldest) return;
  discard(pool, coldest);
  void coldest.stop();
}

function discard(pool: Pool, sandbox: Sandbox): void {
  pool.started.delete(sandbox);
  pool.size -= 1;
}

function toSandboxOptions(
  id: string,
  properties: Resource['properties'],
  { template, credentialsOf, gateway }: FunctionsOptions,
  onOutput: (text: string) => void,
): SandboxOptions {
  const { Handler: handler = 'index.handler', Timeout: timeout = 3, MemorySize: memory = 128 } = properties;
  const folder = template.assetFolder(id);
  const functionName = template.nameOf(id);
  const { accessKeyId, secretAccessKey } = credentialsOf(id);
  const environment = {
    ...properties['Environment']?.Variables,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: gateway,
    AWS_EXECUTION_ENV: `AWS_Lambda_${properties['Runtime']}`,
    AWS_LAMBDA_FUNCTION_NAME: functionName,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memory),
    LAMBDA_TASK_ROOT: folder,
    _HANDLER: handler,
    TZ: ':UTC',
  };
  const functionArn = template.value(id, 'Arn');
  return { folder, handler, functionName, functionArn, memory, timeout, environment, onOutput };
}
