import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { Invocation, WorkerOptions, WorkerReply } from './sandbox.ts';

/** One execution environment of one function: loads its asset, then handles one event at a time. */

const { folder, handler, functionName, functionArn, memory } = workerData as WorkerOptions;
const reply = (message: WorkerReply) => parentPort?.postMessage(message);
try {
  const handle = await loadHandler();
  parentPort?.on('message', (invocation: Invocation) => void respond(handle, invocation));
  reply({});
} catch (error) {
  reply({ error: describe(error) });
}

type Handler = (event: unknown, context: object) => unknown;

async function loadHandler(): Promise<Handler> {
  const dot = handler.lastIndexOf('.');
  const base = join(folder, handler.slice(0, dot));
  const file = ['.mjs', '.js', '.cjs'].map((extension) => base + extension).find(existsSync);
  if (!file) throw new Error(`Cannot find module '${handler.slice(0, dot)}'`);
  const loaded = file.endsWith('.mjs')
    ? await import(pathToFileURL(file).href)
    : createRequire(pathToFileURL(file))(file);
  const found = loaded[handler.slice(dot + 1)];
  if (typeof found !== 'function') throw new Error(`${handler} is undefined or not exported`);
  return found;
}

async function respond(handle: Handler, { requestId, payload, deadline }: Invocation): Promise<void> {
  const context = {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memory),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
  try {
    const result = await handle(JSON.parse(payload), context);
    reply({ result: JSON.stringify(result) });
  } catch (error) {
    reply({ error: describe(error) });
  }
}

function describe(error: unknown): NonNullable<WorkerReply['error']> {
  if (!(error instanceof Error)) return { errorType: 'Error', errorMessage: String(error) };
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] };
}
