import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type { HostOptions } from './host.ts';
import { seed } from './seed.ts';

const project = join(import.meta.dirname, '../..');
const audience = 'groundswell';

/**
 * Synthesises this project's stack, stage dev, into a folder, with or without a CDN in front. Rejects with what was said
 * when it cannot be.
 */
export async function synthesise(assemblyDir: string, edge: 'on' | 'off' = 'on'): Promise<void> {
  const child = spawn(process.execPath, ['infra/app.ts'], {
    cwd: project,
    env: {
      ...process.env,
      CDK_OUTDIR: assemblyDir,
      CDK_CONTEXT_JSON: JSON.stringify({ stage: 'dev', edge }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`The stack could not be synthesised:\n${said}`);
}

/** What the host needs to run it: its parameters, in which alone local and AWS differ, its campaigners and its seed. */
export const demoStack = {
  parameters: (url: string) => ({
    Issuer: `${url}/oidc`,
    Audience: audience,
    SiteAddress: url,
    EdgeKey: randomBytes(32).toString('base64url'),
    Sender: 'campaigns@groundswell.example.org',
  }),
  issuer: { audience, users: seededMembers() },
  seed,
} satisfies Partial<HostOptions>;

function seededMembers(): { email: string }[] {
  const network = JSON.parse(readFileSync(join(project, 'infra/seed/network.json'), 'utf8'));
  return network.members.map(({ email }: { email: string }) => ({ email }));
}
