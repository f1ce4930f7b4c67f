import { createServer } from 'node:http';
import { type AwsFault, toError, toJsonReply } from '../../infra/local/gateway/wire.ts';

/** A call as it arrived: `PutEvents` and its body, or method and path where the service speaks REST. */
export interface ServiceCall {
  operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: the bodies of AWS calls are open JSON.
  body: any;
}
/** What is answered to a call: a body, or `{ fault }`; nothing at all (the connection is cut) for undefined. */
type ServiceAnswer = { body: unknown } | { fault: AwsFault; service: string } | undefined;

type FindAnswer = (call: ServiceCall) => ServiceAnswer | Promise<ServiceAnswer>;

export interface AwsService {
  url: string;
  calls: ServiceCall[];
  answerBy(answer: FindAnswer): void;
  stop(): void;
}

/** Stands in for an AWS service on loopback: it keeps the calls, and answers what a test wants. */
export async function anAwsService(): Promise<AwsService> {
  const calls: ServiceCall[] = [];
  let answer: FindAnswer = () => ({ body: {} });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const target = request.headers['x-amz-target'];
    const operation = target ? String(target).split('.').at(-1) : `${request.method} ${request.url}`;
    const call = { operation: operation ?? '', body: JSON.parse(Buffer.concat(chunks).toString() || '{}') };
    calls.push(call);
    const answered = await answer(call);
    if (!answered) return request.socket.destroy();
    const { status, headers, body } =
      'fault' in answered ? toError(answered.service, answered.fault) : toJsonReply(answered.body);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    answerBy: (given) => {
      calls.length = 0;
      answer = given;
    },
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
