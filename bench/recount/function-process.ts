/** A process around the bundles that recount: requests a recount, then does it when it is handed the event, and tells what that took. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

export interface Taken {
  seconds: number;
  cpuSeconds: number;
  /** Most memory of the process so far, MB. */
  peak: number;
}

const require = createRequire(import.meta.url);
const load = (folder = ''): { handler(event: unknown): Promise<unknown> } =>
  require(join(folder, 'index.js'));

process.on('message', async (event) => {
  const { handler } = load(process.env['LAMBDA_TASK_ROOT']);
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await handler(event);
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS / 1_024,
  } satisfies Taken);
});
await load(process.env['REQUEST_TASK_ROOT']).handler({ time: new Date().toISOString() });
process.send?.('requested');
