import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { type Host, type HostOptions, startHost } from '../../infra/local/host.ts';
import { seed } from '../../infra/local/seed.ts';

/** Seeded campaigners: see infra/seed/network.json. */
const users = ['secretariat', 'organiser', 'viewer', 'outsider'].map((name) => ({
  email: `${name}@example.org`,
}));

export interface RunningStack {
  host: Host;
  url: string;
  dataDir: string;
  stop(): Promise<void>;
}

/** The whole stack with its demo network, in a folder of its own; every event delivered twice and shuffled if asked. */
export async function aStack(
  options: Pick<HostOptions, 'shuffleAndRepeat' | 'log'> = {},
): Promise<RunningStack> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-stack-'));
  const dataDir = join(folder, 'data');
  const assemblyDir = join(folder, 'assembly');
  cpSync(inject('assembly'), assemblyDir, { recursive: true });
  const host = await startHost({
    assemblyDir,
    port: 0,
    dataDir,
    parameters: (url) => ({
      Issuer: `${url}/oidc`,
      Audience: 'groundswell',
      SiteAddress: url,
      Sender: 'campaigns@groundswell.example.org',
    }),
    issuer: { audience: 'groundswell', users },
    seed,
    ...options,
  });
  return {
    host,
    url: host.url,
    dataDir,
    stop: async () => {
      await host.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
