/** `npm start`: synthesises the stack, runs it on this machine until a signal ends it, and prints where it is. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { demoStack, synthesise } from './demo-stack.ts';
import { type Host, startHost } from './host.ts';

const dataDir = process.env['DATA_DIR'] ?? join(import.meta.dirname, '../../.groundswell');

// As on Lambda, whose functions share this process's clock.
process.env['TZ'] = 'UTC';
let host: Host | undefined;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void end());
await begin().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function begin(): Promise<void> {
  host = await startHost({
    ...demoStack,
    assemblyDir: synthesiseAfresh,
    port: Number(process.env['PORT'] ?? 4000),
    dataDir,
    seed: (stack) => {
      console.log('Seeding the demo network');
      return demoStack.seed(stack);
    },
    log: (line) => console.log(line),
  });
  printAddresses(host.url);
}

/** Before the host is up there is nothing to wait for: its engines end with this process. */
async function end(): Promise<void> {
  await host?.stop();
  process.exit(0);
}

async function synthesiseAfresh(): Promise<string> {
  console.log('Synthesising the stack');
  const assemblyDir = join(dataDir, 'assembly');
  rmSync(assemblyDir, { recursive: true, force: true });
  await synthesise(assemblyDir);
  console.log('Starting');
  return assemblyDir;
}

function printAddresses(url: string): void {
  console.log(`
Groundswell is up:
  ${url}/        the demo page
  ${url}/inbox/  mail that was sent
For campaigners: npm run -s token -- organiser@example.org prints a bearer token`);
}
