/** `npm start`: synthesises the stack, runs it on this machine until a signal ends it, and prints where it is. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type Host, startHost } from './host.ts';
import { seed } from './seed.ts';

const project = join(import.meta.dirname, '../..');
const dataDir = process.env['DATA_DIR'] ?? join(project, '.groundswell');
const audience = 'groundswell';

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
    assemblyDir: synthesise,
    port: Number(process.env['PORT'] ?? 4000),
    dataDir,
    parameters: toParameters,
    issuer: { audience, users: localUsers() },
    seed: (stack) => {
      console.log('Seeding the demo network');
      return seed(stack);
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

async function synthesise(): Promise<string> {
  console.log('Synthesising the stack');
  const assemblyDir = join(dataDir, 'assembly');
  rmSync(assemblyDir, { recursive: true, force: true });
  const child = spawn(process.execPath, ['infra/app.ts'], {
    cwd: project,
    env: { ...process.env, CDK_OUTDIR: assemblyDir, CDK_CONTEXT_JSON: '{"stage":"dev"}' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`The stack could not be synthesised:\n${said}`);
  console.log('Starting');
  return assemblyDir;
}

/** Local and AWS differ in these alone. */
function toParameters(url: string): Record<string, string> {
  return {
    Issuer: `${url}/oidc`,
    Audience: audience,
    SiteAddress: url,
    Sender: 'campaigns@groundswell.example.org',
  };
}

function localUsers(): { email: string }[] {
  const network = JSON.parse(readFileSync(join(project, 'infra/seed/network.json'), 'utf8'));
  return network.members.map(({ email }: { email: string }) => ({ email }));
}

function printAddresses(url: string): void {
  console.log(`
Groundswell is up:
  ${url}/        the demo page
  ${url}/inbox/  mail that was sent
For campaigners: npm run -s token -- organiser@example.org prints a bearer token`);
}
