/** A process of its own that sends signatures: so many clients, each the next one as soon as it has its answer. */
import autocannon from 'autocannon';
import { payload } from './payloads.ts';

export interface LoadOrder {
  url: string;
  clients: number;
  /** Place in the order of payloads of the first request. */
  from: number;
  /** How many are sent. */
  amount: number;
}
export interface LoadReport {
  /** From the first request to the last answer. */
  seconds: number;
  /** How often each HTTP status was the answer. */
  statuses: Record<string, number>;
}

process.on('disconnect', () => process.exit());
process.on('message', async (order: LoadOrder) => process.send?.(await send(order)));
process.send?.('ready');

async function send({ url, clients, from, amount }: LoadOrder): Promise<LoadReport> {
  let next = from;
  const setupRequest = (request: autocannon.Request) => ({ ...request, body: payload(next++) });
  const times = { begun: Number.NaN, ended: Number.NaN };
  const { promise, resolve, reject } = Promise.withResolvers<autocannon.Result>();
  const options: autocannon.Options = {
    url,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    connections: clients,
    amount,
    requests: [{ setupRequest }],
    // The end is noticed at the next sample (ms): that is not when the last answer came.
    sampleInt: 50,
  };
  autocannon(options, (error, result) => (error ? reject(error) : resolve(result)))
    .on('start', () => {
      times.begun = performance.now();
    })
    .on('response', () => {
      times.ended = performance.now();
    });
  const { statusCodeStats = {} } = await promise;
  const statuses = Object.entries(statusCodeStats).map(([status, { count = 0 }]) => [status, count]);
  return { seconds: (times.ended - times.begun) / 1_000, statuses: Object.fromEntries(statuses) };
}
