import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { FunctionError } from '../contract.ts';

/** How a function runs: its asset, its whole environment, its limits. */
export interface WorkerOptions {
  folder: string;
  handler: string;
  functionName: string;
  functionArn: string;
  /** Megabytes. */
  memory: number;
}
export interface SandboxOptions extends WorkerOptions {
  environment: Record<string, string>;
  /** Seconds. */
  timeout: number;
  onOutput(text: string): void;
}
export interface Invocation {
  requestId: string;
  payload: string;
  deadline: number;
}
/** Of loading, which has no result, or of an invocation; both as JSON. */
export interface WorkerReply {
  result?: string | undefined;
  error?: { errorType: string; errorMessage: string; trace?: string[] };
}

/** An execution environment. After a crash or a timeout it is spent: `alive` is false. */
export interface Sandbox {
  alive: boolean;
  /** Resolves once the function's code is loaded, and it can run; rejects if that fails, and it is spent. */
  loaded: Promise<void>;
  run(event: unknown): Promise<unknown>;
  /** Ends it wherever it is: what it is loading or running fails, as in a crash. */
  stop(): Promise<unknown>;
}

/** Lambda lets a function load for 10 s before its own timeout begins to run. A busy machine may need longer. */
const LOAD_SECONDS = 30;

export function startSandbox(options: SandboxOptions): Sandbox {
  const { environment, onOutput, timeout, ...workerData } = options;
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData,
    env: environment,
    argv: [],
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: options.memory },
  });
  for (const stream of [worker.stdout, worker.stderr]) stream.on('data', (chunk) => onOutput(String(chunk)));
  let settle: (reply: WorkerReply) => void = () => {};
  const crash = (errorType: string, errorMessage: string) => {
    sandbox.alive = false;
    settle({ error: { errorType, errorMessage } });
  };
  worker.on('message', (reply) => settle(reply));
  worker.on('error', (error) => crash(error.name, error.message));
  worker.on('exit', (code) => crash('Runtime.ExitError', `The function's process ended with code ${code}`));
  const nextReply = async (seconds: number): Promise<unknown> => {
    const { promise, resolve } = Promise.withResolvers<WorkerReply>();
    settle = resolve;
    const timer = setTimeout(() => {
      crash('Sandbox.Timedout', `Task timed out after ${seconds.toFixed(2)} seconds`);
      void worker.terminate();
    }, seconds * 1000);
    const { result, error } = await promise.finally(() => clearTimeout(timer));
    // The type comes first, as in Lambda's log; the `cause` is what its callers are shown.
    if (error) throw new FunctionError(`${error.errorType}: ${error.errorMessage}`, { cause: error });
    return result === undefined ? null : JSON.parse(result);
  };
  const stop = () => {
    sandbox.alive = false;
    return worker.terminate();
  };
  const load = async () => {
    try {
      await nextReply(LOAD_SECONDS);
    } catch (error) {
      await stop();
      throw error;
    }
  };
  const sandbox: Sandbox = {
    alive: true,
    loaded: load(),
    stop,
    run: (event) => {
      const reply = nextReply(timeout);
      const deadline = Date.now() + timeout * 1000;
      const payload = JSON.stringify(event);
      worker.postMessage({ requestId: randomUUID(), payload, deadline } satisfies Invocation);
      return reply;
    },
  };
  return sandbox;
}
