/** A process around two bundles: the one that asks for the recounts of a night, and the one that does a recount. */
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** What a recount took. */
export interface Taken {
  seconds: number;
  cpuSeconds: number;
  /** Most memory of the process so far, MB. */
  peak: number;
}

const require = createRequire(import.meta.url);
const load = (folder = ''): { handler(event: unknown): Promise<unknown> } =>
  require(join(folder, 'index.js'));
const night = load(process.env['REQUEST_TASK_ROOT']);
const recount = load(process.env['LAMBDA_TASK_ROOT']);

process.on('message', async (event: object) => {
  const { handler } = 'time' in event ? night : recount;
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await handler(event);
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    peak: process.resourceUsage().maxRSS / 1_024,
  } satisfies Taken);
});
