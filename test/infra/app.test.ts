import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// biome-ignore lint/suspicious/noExplicitAny: CloudFormation is open JSON.
type Json = any;

const settingsFile = readFileSync(new URL('../../shared/aws/env.ts', import.meta.url), 'utf8');
const settings = [...settingsFile.matchAll(/\| '(\w+)'/g)].map(([, name]) => name as string);
/** Lambda gives it to every function. */
const given = ['LAMBDA_TASK_ROOT'];

const folder = mkdtempSync(join(tmpdir(), 'groundswell-app-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** One stage is enough to bundle. */
const unbundled = { 'aws:cdk:bundling-stacks': [] };
let dev: Awaited<ReturnType<typeof synthesise>>;
beforeAll(async () => {
  dev = await synthesise('dev');
});

describe('synthesis', () => {
  test('passes cdk-nag in both stages, and without a CDN', async () => {
    const others = [
      await synthesise('prod', unbundled),
      await synthesise('prod', { ...unbundled, edge: 'off' }),
    ];
    for (const { status, said, read } of [dev, ...others]) {
      expect(status, said).toBe(0);
      const report = read('validation-report.json');
      for (const pack of ['AwsSolutions', 'Serverless']) expect(report).toContain(pack);
    }
  });

  test('of a stage that there is not says which there are', async () => {
    const { status, said } = await synthesise('production', unbundled);
    expect(status).not.toBe(0);
    expect(said).toContain('Give the stage as -c stage=prod or -c stage=dev.');
  });

  test.each(['yes', ''])('with an edge that is neither on nor off ("%s") says so', async (edge) => {
    const { status, said } = await synthesise('dev', { ...unbundled, edge });
    expect(status).not.toBe(0);
    expect(said).toContain('Give the edge as -c edge=on or -c edge=off.');
  });
});

describe('a function', () => {
  test('has exactly the settings that its bundle asks for', () => {
    const functions = functionsOf(dev).map(([id, { Environment, ...properties }]) => {
      const code = dev.read(fileOf(properties as Json));
      const asked = settings.filter((name) => code.includes(`"${name}"`) && !given.includes(name));
      return { id, has: Object.keys(Environment?.Variables ?? {}).sort(), asked: asked.sort() };
    });
    const has = functions.map((each) => [each.id, each.has]);
    expect(has).toEqual(functions.map((each) => [each.id, each.asked]));
  });

  test('is bundled from its own entry: no two have the same code', () => {
    const files = functionsOf(dev).map(([, properties]) => fileOf(properties));
    expect(files.length).toBeGreaterThan(20);
    expect(new Set(files).size).toBe(files.length);
  });
});

/** Those of ours: the CDK's copier of files is in Python. */
function functionsOf({ read }: typeof dev): Array<[string, Json]> {
  const { Resources } = JSON.parse(read('Groundswell-dev.template.json'));
  return Object.entries<Json>(Resources)
    .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
    .map(([id, { Properties }]): [string, Json] => [id, Properties])
    .filter(([, { Runtime }]) => Runtime.startsWith('nodejs'));
}

/** The file of a function in its asset, which several may share: `compose/index.handler` lies in `compose/index.js`. */
function fileOf({ Code, Handler }: Json): string {
  return join(`asset.${Code.S3Key.replace('.zip', '')}`, Handler.replace(/\.handler$/, '.js'));
}

/** Runs infra/app.ts as `cdk synth` does. */
async function synthesise(stage: string, context: object = {}) {
  const out = mkdtempSync(join(folder, stage));
  const child = spawn(process.execPath, ['infra/app.ts'], {
    env: { ...process.env, CDK_OUTDIR: out, CDK_CONTEXT_JSON: JSON.stringify({ stage, ...context }) },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text) => {
      said += text;
    });
  }
  const [status] = await once(child, 'close');
  return { status, said, read: (file: string) => readFileSync(join(out, file), 'utf8') };
}
