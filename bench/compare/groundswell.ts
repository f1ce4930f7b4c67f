import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { callEngine } from '../../infra/local/engines/engine-client.ts';
import { startChild } from './child.ts';
import { type Contender, toRunning } from './contender.ts';
import { functionOf, startTables } from './tables.ts';
import { temporaryFolder } from './temporary-folder.ts';

const server = new URL('./lambda-server.ts', import.meta.url);

/** The bundle that deploys, calling the table engine itself: see lambda-server.ts. */
export function groundswell(name: string, assemblyDir: string): Contender {
  return {
    name,
    start: async () => {
      const { template, engine, environmentOf, stop } = await startTables(assemblyDir);
      const take = functionOf(template, 'ActionsTakeSignature');
      const environment = environmentOf(take);
      const web = await startChild(server, environment);
      const stored = async () => ({
        signatures: await countItems(engine, environment['ACTIONS_TABLE'] ?? ''),
      });
      return toRunning(web, stored, stop);
    },
  };
}

/** The same web process around a handler that only looks for an address: what HTTP takes, which on AWS is not the function's. */
export function emptyHandler(name: string): Contender {
  return {
    name,
    start: async () => {
      const folder = temporaryFolder('empty');
      writeFileSync(join(folder.path, 'index.js'), empty);
      const web = await startChild(server, { LAMBDA_TASK_ROOT: folder.path });
      const stop = async () => folder.remove();
      return toRunning(web, async () => undefined, stop);
    },
  };
}

const empty = `const answer = (statusCode) => ({ statusCode, headers: { 'content-type': 'application/json' }, body: '{}' });
exports.handler = async ({ body }) => answer(body.includes('@') ? 202 : 422);\n`;

async function countItems(engine: string, TableName: string): Promise<number> {
  let [count, ExclusiveStartKey] = [0, undefined];
  do {
    const page = await callEngine(engine, 'DynamoDB_20120810.Scan', {
      TableName,
      Select: 'COUNT',
      ExclusiveStartKey,
    });
    count += page.Count;
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return count;
}
