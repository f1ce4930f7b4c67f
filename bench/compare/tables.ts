import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { demoStack } from '../../infra/local/demo-stack.ts';
import { startEngines } from '../../infra/local/engines/engines.ts';
import { createResources } from '../../infra/local/engines/resources.ts';
import { createSecrets } from '../../infra/local/gateway/secrets.ts';
import { readRequest } from '../../infra/local/gateway/wire.ts';
import { REGION } from '../../infra/local/template/resource-types.ts';
import { loadTemplate, type Template } from '../../infra/local/template/template.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The tables of a synthesised stack, new and seeded, with its secrets: no functions, queues or gateway. */
export interface Tables {
  template: Template;
  /** Address of the table engine. */
  engine: string;
  /** Environment for a function of the template, calling the engine itself. */
  environmentOf(functionId: string): Record<string, string>;
  stop(): Promise<void>;
}

export async function startTables(assemblyDir: string): Promise<Tables> {
  const folder = temporaryFolder('tables');
  const engines = await startEngines(folder.path);
  const site = 'http://localhost:4000';
  const options = { assemblyDir, parameters: demoStack.parameters(site), gateway: engines.dynamodb, site };
  const template = loadTemplate(options);
  await createResources(template, engines);
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  await demoStack.seed({ client: { endpoint: engines.dynamodb, region: REGION, credentials }, template });
  const secrets = await serveSecrets(template, folder.path);
  return {
    template,
    engine: engines.dynamodb,
    environmentOf: (id) => ({
      ...template.resources.get(id)?.properties['Environment']?.Variables,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_ENDPOINT_URL_DYNAMODB: engines.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets.url,
      LAMBDA_TASK_ROOT: template.assetFolder(id),
    }),
    stop: async () => {
      secrets.stop();
      await engines.stop();
      folder.remove();
    },
  };
}

/** Logical id of the function whose id begins so. */
export function functionOf(template: Template, start: string): string {
  const ids = template.ofType('AWS::Lambda::Function').map(([id]) => id);
  const [found, ...others] = ids.filter((id) => id.startsWith(start));
  if (!found || others.length > 0) throw new Error(`The template has no one function named ${start}…`);
  return found;
}

async function serveSecrets(template: Template, folder: string): Promise<{ url: string; stop(): void }> {
  const answer = createSecrets(template, folder);
  const server = createServer(async (request, response) => {
    const call = { service: 'secretsmanager', caller: 'bench', ...(await readRequest(request)) };
    const { status, headers, body } = await answer(call);
    response.writeHead(status, headers).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
