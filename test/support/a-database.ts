import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { marshall } from '@aws-sdk/util-dynamodb';
import { callEngine } from '../../infra/local/engines/engine-client.ts';
import { startEngines } from '../../infra/local/engines/engines.ts';
import { forwardTo } from '../../infra/local/gateway/forward.ts';
import { type AwsFault, toError } from '../../infra/local/gateway/wire.ts';

/** A failure of one call: before it happens, or after, when its reply is lost. */
export interface DatabaseFault extends AwsFault {
  when: 'before' | 'after';
}
/** Asked before every call: which failure strikes it, if any. */
type FindFault = (
  operation: string,
  body: unknown,
) => DatabaseFault | undefined | Promise<DatabaseFault | undefined>;

interface TableOptions {
  stream?: boolean;
  /** An index by its name, and its keys. */
  index?: { name: string; keys: string[] };
}

export interface Database {
  /** Address of the engine itself. */
  engine: string;
  /** Address for the SDK: faults strike here. */
  url: string;
  /** Calls an action as nobody in particular; faults do not strike. */
  call: (action: string, body: object) => ReturnType<typeof callEngine>;
  createTable(TableName: string, keys: string[], options?: TableOptions): Promise<void>;
  put(TableName: string, item: object): Promise<unknown>;
  failBy(find: FindFault | undefined): void;
  stop(): Promise<void>;
}

/** The real table engine in a folder of its own, reached over a proxy that fails calls as AWS does. */
export async function aDatabase(): Promise<Database> {
  const folder = mkdtempSync(join(tmpdir(), 'groundswell-database-'));
  const engines = await startEngines(folder);
  let find: FindFault | undefined;
  const proxy = await startProxy(engines.dynamodb, (operation, body) => find?.(operation, body));
  const call = (action: string, body: object) =>
    callEngine(engines.dynamodb, `DynamoDB_20120810.${action}`, body);
  return {
    engine: engines.dynamodb,
    url: proxy.url,
    call,
    createTable: async (TableName, keys, { stream, index } = {}) => {
      const names = [...new Set([...keys, ...(index?.keys ?? [])])];
      await call('CreateTable', {
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: toKeySchema(keys),
        AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
        ...(index && { GlobalSecondaryIndexes: [toIndex(index)] }),
        ...(stream && {
          StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
        }),
      });
    },
    put: (TableName, item) =>
      call('PutItem', { TableName, Item: marshall(item, { removeUndefinedValues: true }) }),
    failBy: (given) => {
      find = given;
    },
    stop: async () => {
      proxy.close();
      await engines.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Settings of the SDK, for a client whose module is imported after this; of the network and the registry, which campaigns
 * are read with in any room; and of the log, which a part of is asked for by what is not called.
 */
export function pointSdkTo(url: string, settings: Record<string, string>): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    NETWORK_TABLE: 'Network',
    TARGETS_TABLE: 'Targets',
    AUDIT_TABLE: 'Audit',
    ...settings,
  });
}

function toKeySchema(keys: string[]) {
  return keys.map((AttributeName, at) => ({ AttributeName, KeyType: at === 0 ? 'HASH' : 'RANGE' }));
}

function toIndex({ name, keys }: { name: string; keys: string[] }) {
  return { IndexName: name, KeySchema: toKeySchema(keys), Projection: { ProjectionType: 'ALL' } };
}

async function startProxy(to: string, find: FindFault) {
  const forward = forwardTo(to);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    const headers = request.headers as Record<string, string>;
    const passOn = () =>
      forward({ service: 'dynamodb', method: 'POST', url: '/', headers, body, caller: 'test' });
    const fault = await find(operation, JSON.parse(body.toString() || '{}'));
    if (fault?.when === 'after') await passOn();
    const reply = fault ? toError('dynamodb', fault) : await passOn();
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
