import { AsyncLocalStorage } from 'node:async_hooks';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { vi } from 'vitest';
import { toError } from '../../../infra/local/gateway/wire.ts';
import type { Course } from './course.ts';
import type { Blow } from './trouble.ts';

/** A process of a function, until its handler answers or it ends before. */
interface Process {
  course: Course;
  hasEnded: boolean;
  /** The SDK retries only so often in a process. */
  retries: RetryStrategy;
}
type RetryStrategy = Awaited<ReturnType<DynamoDBClient['config']['retryStrategy']>>;
/** What the SDK is about to send. */
interface Request {
  hostname: string;
  port: number;
  body: string;
}
interface Reply {
  response: unknown;
}
interface HttpHandler {
  updateHttpClientConfig(limit: string, milliseconds: number): void;
}

const current = new AsyncLocalStorage<Process>();
/** The client's own: a process has what it has and, beside it, counts for itself. */
let retries: RetryStrategy;
const told = 'told to fail';

/** Does something as a process of this course would; `hasEnded` when it came to its end before it had an answer. */
export async function inProcess<T>(
  course: Course,
  work: () => Promise<T>,
): Promise<{ answer: T } | { error: unknown; hasEnded: boolean }> {
  const process = { course, hasEnded: false, retries: Object.create(retries) };
  try {
    const answer = await current.run(process, work);
    return process.hasEnded ? { error: undefined, hasEnded: true } : { answer };
  } catch (error) {
    return { error, hasEnded: process.hasEnded };
  }
}

/** Lets the course's diary have what a process says of failures; nothing is printed. */
export function noteFailures(): void {
  const note = ({ errorMessage = '' }: { errorMessage?: string }) => {
    if (/conflicts or throttling/.test(errorMessage))
      current.getStore()?.course.diary.push('a batch given up');
  };
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(note);
}

/** Whether a call failed because it had to, and may be made again. */
export function wasTold(error: unknown): boolean {
  return (error as Error).message.startsWith(told);
}

/**
 * From now on, within `inProcess`, every call of this client goes to the course's engine and waits for its turn, and so does
 * every pause, which takes no time; the clock and chance are the course's.
 */
export async function simulateProcesses(client: DynamoDBClient): Promise<void> {
  retries = await client.config.retryStrategy();
  client.config.retryStrategy = async () => current.getStore()?.retries ?? retries;
  // Only what the course wants fails: a machine that is busy elsewhere is no reason.
  const wire = client.config.requestHandler as unknown as HttpHandler;
  for (const limit of ['connectionTimeout', 'requestTimeout']) wire.updateHttpClientConfig(limit, 0);
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const process = current.getStore();
        if (!process) return next(args);
        const operation = String(commandName).replace(/Command$/, '');
        const { queued } = process.course;
        const sendNow = async () => whole(await next(args));
        const send = () => current.exit(() => (operation === 'GetItem' ? sendNow() : queued(sendNow)));
        return process.course.turns.take(() =>
          call(process, operation, args.request as Request, send),
        ) as ReturnType<typeof next>;
      },
    // Closest to the wire: the SDK's own retries and parsing are part of what is tested.
    { step: 'deserialize', priority: 'low', name: 'simulated' },
  );
  const { setTimeout } = globalThis;
  const [random, now] = [Math.random, Date.now];
  vi.stubGlobal('setTimeout', (then: () => void, pause = 0, ...rest: unknown[]) => {
    const course = current.getStore()?.course;
    if (!course) return setTimeout(then, pause, ...rest);
    void course.turns.take(async () => {
      course.now += Math.ceil(pause);
      then();
    });
    return undefined;
  });
  vi.spyOn(Math, 'random').mockImplementation(() => current.getStore()?.course.chance.next() ?? random());
  vi.spyOn(Date, 'now').mockImplementation(() => current.getStore()?.course.now ?? now());
}

async function call(
  process: Process,
  operation: string,
  request: Request,
  send: () => Promise<Reply>,
): Promise<Reply> {
  if (process.hasEnded) throw new Error(`${told}: the process has ended`);
  const { trouble, diary, engine, onCall } = process.course;
  const blow = trouble(operation, itemsOf(operation, request));
  diary.push(`${operation}: ${blow?.name ?? 'done'}`);
  if (blow?.when === 'before') return suffer(process, blow);
  const { hostname, port } = new URL(engine);
  Object.assign(request, { hostname, port: Number(port) });
  const reply = await send();
  await onCall(operation, request.body);
  return blow ? suffer(process, blow) : reply;
}

function suffer(process: Process, blow: Blow): Reply {
  process.hasEnded = blow.does === 'end';
  if (blow.does === 'end') throw new Error(`${told}: the process ends`);
  if (blow.does === 'cut') throw Object.assign(new Error(`${told}: ECONNRESET`), { code: 'ECONNRESET' });
  const { status, headers, body } = toError('dynamodb', { message: told, ...blow.fault });
  return { response: { statusCode: status, headers, body: Buffer.from(body) } };
}

function itemsOf(operation: string, { body }: Request): number {
  return operation === 'TransactWriteItems' ? JSON.parse(body).TransactItems.length : 1;
}

/** The reply with all of its body, so that reading it is no waiting, and no date: the engine has another clock. */
async function whole<T extends Reply>(reply: T): Promise<T> {
  const response = reply.response as { headers: Record<string, string>; body: AsyncIterable<Uint8Array> };
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  delete response.headers['date'];
  return Object.assign(reply, { response: Object.assign(response, { body: Buffer.concat(chunks) }) });
}
