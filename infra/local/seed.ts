import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Host } from './host.ts';

const project = join(import.meta.dirname, '../..');

/** Runs the project's seeding, as for a deployment, against this host: its tables are named by the stack's outputs. */
export async function seed({ client, template }: Pick<Host, 'client' | 'template'>): Promise<void> {
  const { endpoint, region, credentials } = client;
  const child = spawn(process.execPath, ['infra/seed.ts'], {
    cwd: project,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...toSettings(template.outputs),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('The demo network could not be seeded.');
}

/** `CampaignsTable` names what the setting `CAMPAIGNS_TABLE` does. */
function toSettings(outputs: Record<string, string>): Record<string, string> {
  const tables = Object.entries(outputs).filter(([name]) => name.endsWith('Table'));
  return Object.fromEntries(
    tables.map(([name, value]) => [name.replace(/Table$/, '_TABLE').toUpperCase(), value]),
  );
}
