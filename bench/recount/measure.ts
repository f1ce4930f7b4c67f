import { type ChildProcess, fork, type StdioOptions } from 'node:child_process';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { type Recount, requestId, toRecount } from '../../functions/tallies/recount.ts';
import { demoStack } from '../../infra/local/demo-stack.ts';
import { callEngine } from '../../infra/local/engines/engine-client.ts';
import { type Engines, startEngines } from '../../infra/local/engines/engines.ts';
import { createResources } from '../../infra/local/engines/resources.ts';
import { REGION } from '../../infra/local/template/resource-types.ts';
import { loadTemplate, type Template } from '../../infra/local/template/template.ts';
import { startChild } from '../compare/child.ts';
import { functionOf } from '../compare/tables.ts';
import { temporaryFolder } from '../compare/temporary-folder.ts';
import { progress } from '../figure.ts';
import { startCapacityProxy } from './capacity-proxy.ts';
import type { Taken } from './function-process.ts';
import type { Moulds } from './mould.ts';
import { seedCampaign, tableOf } from './seed.ts';

/** The seeded campaign of the demo. */
const campaign = 'mental-health-for-all';
const site = 'http://localhost:4000';
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
/** As Lambda limits it: nine tenths of the function's memory. */
const limits = ['--max-old-space-size=922'];

/** What a recount took, and what it found. */
export interface Night {
  taken: Taken;
  units: { read: number; write: number };
  differences: Recount['differences'];
}

/** Two recounts of so many seeded actions: one that has differences to set right, and one that has none left. */
export interface Measurement {
  rows: number;
  /** Bytes of an average action, as DynamoDB writes it in JSON. */
  bytes: number;
  seedingSeconds: number;
  repairing: Night;
  quiet: Night;
}

export async function measureRecount(assemblyDir: string, rows: number): Promise<Measurement> {
  const folder = temporaryFolder('recount');
  const template = loadTemplate({ assemblyDir, parameters: demoStack.parameters(site), gateway: site, site });
  progress(`${rows} actions are seeded`);
  const began = performance.now();
  const moulds = await makeMoulds(template);
  const bytes = await seedCampaign({
    folder: folder.path,
    template,
    campaign,
    rows,
    moulds,
    now: Date.now(),
  });
  const seedingSeconds = (performance.now() - began) / 1_000;
  const engines = await startEngines(folder.path);
  try {
    await createResources(template, engines);
    await demoStack.seed({ client: { endpoint: engines.dynamodb, region: REGION, credentials }, template });
    progress('they are recounted, with differences and without');
    return { rows, bytes, seedingSeconds, ...(await recountTwice(template, engines)) };
  } finally {
    await engines.stop();
    folder.remove();
  }
}

/** The functions' bundles, in a process of their own that is as large as theirs. */
async function recountTwice(template: Template, engines: Engines) {
  const proxy = await startCapacityProxy(engines.dynamodb);
  const env = {
    ...environmentOf(template, functionOf(template, 'TalliesRecount'), proxy.url),
    REQUEST_TASK_ROOT: template.assetFolder(functionOf(template, 'TalliesRequestRecounts')),
  };
  // What it logs are the differences, which are counted, too.
  const stdio: StdioOptions = ['ignore', 'ignore', 'pipe', 'ipc'];
  const child = fork(new URL('./function-process.ts', import.meta.url), { env, execArgv: limits, stdio });
  const logged = keepLast(child);
  const recount = async (): Promise<Night> => {
    await ask(child, { time: new Date().toISOString() });
    Object.assign(proxy.units, { read: 0, write: 0 });
    const taken = await ask(child, toEvent(await readRecount(template, engines)));
    const { state, differences } = await readRecount(template, engines);
    if (state !== 'done') throw new Error(`The recount failed: ${logged()}`);
    return { taken, units: { ...proxy.units }, differences };
  };
  try {
    return { repairing: await recount(), quiet: await recount() };
  } finally {
    child.kill();
    proxy.stop();
  }
}

async function makeMoulds(template: Template): Promise<Moulds> {
  const folder = temporaryFolder('moulds');
  const engines = await startEngines(folder.path);
  try {
    await createResources(template, engines);
    const id = functionOf(template, 'TalliesRecount');
    const env = { ...environmentOf(template, id, engines.dynamodb), SITE_URL: site, CAMPAIGN: campaign };
    const child = await startChild(new URL('./mould.ts', import.meta.url), env);
    return child.hello as Moulds;
  } finally {
    await engines.stop();
    folder.remove();
  }
}

function environmentOf(template: Template, id: string, database: string): Record<string, string> {
  return {
    ...template.resources.get(id)?.properties['Environment']?.Variables,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_ENDPOINT_URL_DYNAMODB: database,
    LAMBDA_TASK_ROOT: template.assetFolder(id),
    TZ: 'UTC',
  };
}

async function readRecount(template: Template, { dynamodb }: Engines): Promise<Recount> {
  const { Item } = await callEngine(dynamodb, 'DynamoDB_20120810.GetItem', {
    TableName: template.nameOf(tableOf(template, 'Tallies')),
    Key: { pk: { S: campaign }, sk: { S: 'recount' } },
  });
  return toRecount(unmarshall(Item));
}

function toEvent(recount: Recount): object {
  const at = new Date(recount.requestedAt).toISOString();
  return { 'detail-type': 'RecountRequested', detail: { v: 1, id: requestId(recount), at, campaign } };
}

/** The end of what a process logs. */
function keepLast({ stderr }: ChildProcess): () => string {
  let kept = '';
  stderr?.on('data', (text) => {
    kept = `${kept}${text}`.slice(-2_000);
  });
  return () => kept;
}

function ask(child: ChildProcess, event: object): Promise<Taken> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`The function's process ended with ${code}`));
    child.once('exit', ended);
    child.once('message', (taken) => {
      child.off('exit', ended);
      resolve(taken as Taken);
    });
    child.send(event);
  });
}
