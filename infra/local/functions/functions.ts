import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Invoke, Properties } from '../contract.ts';
import type { Credentials } from '../gateway/gateway.ts';
import { REGION } from '../template/resource-types.ts';
import type { Template } from '../template/template.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from './sandbox.ts';

export interface Functions {
  invoke: Invoke;
  /** Invocations that have not ended. */
  running(): number;
  /** Invocations begun since the start, by logical id. */
  invocations(): Record<string, number>;
  /** Ends a function's environments where they are, as a crash would; answers how many invocations that struck. */
  kill(functionId: string): number;
  stop(): Promise<void>;
}
interface FunctionsOptions {
  template: Template;
  credentialsOf(functionId: string): Credentials;
  /** Origin of the local AWS gateway. */
  gateway: string;
  logDir: string;
  log(line: string): void;
}

/** Environments per function at most, unless it reserves fewer: enough to show races, few enough for two cores. */
const MOST = 4;

/** How often each function gives back one environment that it has not needed, ms. The last one stays warm. */
const COOLING = 20_000;

/** Runs the template's functions: each in worker threads of its own, started when first needed and kept warm. */
export function createFunctions(options: FunctionsOptions): Functions {
  const { template, logDir, log } = options;
  mkdirSync(logDir, { recursive: true });
  const begun: Record<string, number> = {};
  let running = 0;
  const note = (id: string, text: string) => {
    appendFileSync(join(logDir, `${id}.log`), text);
    log(`${template.nameOf(id)}: ${text.trimEnd()}`);
  };
  const pools = new Map(
    template.ofType('AWS::Lambda::Function').map(([id, properties]) => {
      const sandbox = toSandboxOptions(id, properties, options, (text) => note(id, text));
      return [id, createPool(sandbox, Math.min(MOST, properties['ReservedConcurrentExecutions'] ?? MOST))];
    }),
  );
  const cooling = setInterval(() => {
    for (const pool of pools.values()) pool.cool();
  }, COOLING).unref();
  return {
    invoke: async (reference, event) => {
      const id = template.functionId(reference);
      begun[id] = (begun[id] ?? 0) + 1;
      running += 1;
      try {
        return await pools.get(id)?.run(event);
      } catch (error) {
        note(id, `ERROR ${error instanceof Error ? error.message : error}\n`);
        throw error;
      } finally {
        running -= 1;
      }
    },
    running: () => running,
    invocations: () => ({ ...begun }),
    kill: (reference) => pools.get(template.functionId(reference))?.kill() ?? 0,
    stop: async () => {
      clearInterval(cooling);
      await Promise.all([...pools.values()].map((pool) => pool.stop()));
    },
  };
}

/** The environments of one function: an idle one runs the next event, else a new one, else the first that comes free. */
function createPool(options: SandboxOptions, most: number) {
  const started = new Set<Sandbox>();
  const idle: Sandbox[] = [];
  const waiting: (() => void)[] = [];
  const acquire = async (): Promise<Sandbox> => {
    for (;;) {
      const warm = idle.pop();
      if (warm?.alive) return warm;
      if (warm) started.delete(warm);
      else if (started.size < most) return start();
      else await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  const start = async (): Promise<Sandbox> => {
    const sandbox = startSandbox(options);
    started.add(sandbox);
    try {
      await sandbox.loaded;
      return sandbox;
    } catch (error) {
      started.delete(sandbox);
      throw error;
    }
  };
  const stop = () => Promise.all([...started].map((sandbox) => sandbox.stop()));
  return {
    run: async (event: unknown): Promise<unknown> => {
      let sandbox: Sandbox | undefined;
      try {
        sandbox = await acquire();
        return await sandbox.run(event);
      } finally {
        if (sandbox?.alive) idle.push(sandbox);
        else if (sandbox) started.delete(sandbox);
        waiting.shift()?.();
      }
    },
    /** Gives back the environment used longest ago, which is the first. */
    cool: (): void => {
      const coldest = idle.length > 1 ? idle.shift() : undefined;
      if (!coldest) return;
      started.delete(coldest);
      void coldest.stop();
    },
    kill: (): number => {
      const struck = [...started].filter((sandbox) => sandbox.alive && !idle.includes(sandbox));
      void stop();
      return struck.length;
    },
    stop,
  };
}

function toSandboxOptions(
  id: string,
  properties: Properties,
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
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_ENDPOINT_URL: gateway,
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
