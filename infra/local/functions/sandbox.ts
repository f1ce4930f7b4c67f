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
interface ErrorReply {
  errorType: string;
  errorMessage: string;
  trace?: string[];
}
export type WorkerReply =
  | { ready: boolean; error?: ErrorReply }
  | { requestId: string; result?: string | undefined; error?: ErrorReply };

/** A warm execution environment. After a crash or a timeout it is spent: `alive` is false. */
export interface Sandbox {
  alive: boolean;
  run(event: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** Lambda lets a function load for 10 s before its own timeout begins to run. A busy machine may need longer. */
const LOAD_SECONDS = 30;

/** Starts an environment; resolves once the function's code is loaded. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
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
    settle({ ready: false, error: { errorType, errorMessage } });
  };
  worker.on('message', (reply) => settle(reply));
  worker.on('error', (error) => crash(error.name, error.message));
  worker.on('exit', (code) => crash('Runtime.ExitError', `The function's process ended with code ${code}`));
  const nextReply = (seconds: number) =>
    new Promise<WorkerReply>((resolve) => {
      const expire = () => {
        crash('Sandbox.Timedout', `Task timed out after ${seconds.toFixed(2)} seconds`);
        void worker.terminate();
      };
      const timer = setTimeout(expire, seconds * 1000);
      settle = (reply) => {
        clearTimeout(timer);
        resolve(reply);
      };
    });

  const sandbox: Sandbox = {
    alive: true,
    run: async (event) => {
      const requestId = randomUUID();
      const reply = nextReply(timeout);
      const deadline = Date.now() + timeout * 1000;
      worker.postMessage({ requestId, payload: JSON.stringify(event), deadline } satisfies Invocation);
      return toResult(await reply);
    },
    stop: async () => {
      await worker.terminate();
    },
  };
  const loaded = await nextReply(LOAD_SECONDS);
  if ('ready' in loaded && loaded.ready) return sandbox;
  await worker.terminate();
  throw toFunctionError(loaded.error);
}

function toResult(reply: WorkerReply): unknown {
  if (reply.error || !('result' in reply)) throw toFunctionError(reply.error);
  return reply.result === undefined ? null : JSON.parse(reply.result);
}

/** Lambda's error, its type first; the `cause` is what its callers are shown. */
function toFunctionError(
  { errorType, errorMessage, trace }: ErrorReply = { errorType: '', errorMessage: '' },
) {
  const cause = { errorType, errorMessage, trace };
  return new FunctionError(`${errorType}: ${errorMessage}`, { cause });
}
