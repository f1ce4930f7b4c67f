import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { forwardTo } from '../../infra/local/gateway/forward.ts';
import { readRequest } from '../../infra/local/gateway/wire.ts';

/** Stands before the table engine and adds up the capacity that its answers tell. */
export interface CapacityProxy {
  url: string;
  units: { read: number; write: number };
  stop(): void;
}

export async function startCapacityProxy(engine: string): Promise<CapacityProxy> {
  const units = { read: 0, write: 0 };
  const forward = forwardTo(engine);
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming);
    const asked = request.body.toString().replace('{', '{"ReturnConsumedCapacity":"TOTAL",');
    const call = { service: 'dynamodb', caller: 'bench', ...request, body: Buffer.from(asked) };
    const { status, headers, body } = await forward(call);
    const isWrite = /Put|Update|Write/.test(request.headers['x-amz-target'] ?? '');
    // The answer is not parsed: a page has a megabyte.
    for (const [, told] of String(body).matchAll(/"CapacityUnits":([\d.]+)/g))
      units[isWrite ? 'write' : 'read'] += Number(told);
    outgoing.writeHead(status, headers).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, units, stop };
}
