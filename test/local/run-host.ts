/** A host as a process of its own, for tests that kill it: `node run-host.ts ASSEMBLY DATA`. Prints what tests need. */
import { startHost } from '../../infra/local/host.ts';

const [assemblyDir = '', dataDir = ''] = process.argv.slice(2);
const host = await startHost({ assemblyDir, dataDir, port: 0, log: (line) => console.error(line) });
process.once('SIGTERM', async () => {
  await host.stop();
  process.exit(0);
});
console.log(JSON.stringify({ client: host.client, outputs: host.template.outputs }));
