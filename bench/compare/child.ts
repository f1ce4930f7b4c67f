import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of the bench's own. */
export interface Child {
  /** Its first message. */
  hello: unknown;
  /** Sends it a message; resolves with its next one. Rejects when it ends instead. */
  ask(message: object): Promise<unknown>;
  stop(): Promise<void>;
}

/** Longest wait for a message, ms. */
const patience = 120_000;

/** Starts a module with this environment and no other. It has to end when the channel to it closes. */
export async function startChild(
  module: URL,
  env: Record<string, string> = {},
  execArgv: string[] = [],
): Promise<Child> {
  const child = fork(module, { env: { NODE_ENV: 'production', TZ: 'UTC', ...env }, execArgv });
  return {
    hello: await nextMessage(child),
    ask: (message) => {
      child.send(message);
      return nextMessage(child);
    },
    stop: async () => {
      if (!child.connected) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function nextMessage(child: ChildProcess): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  const [, module] = child.spawnargs;
  const ended = (code: number | null) => reject(new Error(`${module} ended with code ${code}`));
  const late = setTimeout(() => reject(new Error(`${module} says nothing`)), patience);
  child.once('message', resolve).once('exit', ended);
  try {
    return await promise;
  } finally {
    clearTimeout(late);
    child.off('message', resolve).off('exit', ended);
  }
}
